/**
 * Every release of RQ in the matrix, on its oldest and its newest Python, in both directions; and
 * the page that tells what came of it.
 */
@NullMarked
package io.github.rq4j.interop.matrix;

import org.jspecify.annotations.NullMarked;
