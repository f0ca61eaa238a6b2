/** Does what RQ's client does with it and with ours, and compares the databases afterwards. */
@NullMarked
package io.github.rq4j.interop.steering;

import org.jspecify.annotations.NullMarked;
