/** What the commands have in common: where Redis is, the serializer, the settings file. */
@NullMarked
package io.github.rq4j.cli.settings;

import org.jspecify.annotations.NullMarked;
