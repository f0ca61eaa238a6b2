/** What a whole database holds, in a form in which what two runs left can be compared. */
@org.jspecify.annotations.NullMarked
package io.github.rq4j.interop.keyspace;
