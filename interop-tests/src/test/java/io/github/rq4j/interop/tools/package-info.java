/** The tools around RQ, each of them for real, beside Java workers and Java clients. */
@NullMarked
package io.github.rq4j.interop.tools;

import org.jspecify.annotations.NullMarked;
