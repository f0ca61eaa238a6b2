/**
 * The Python values that Java has no type of its own for, and Python's containers.
 *
 * <p>How a Python value reads in Java. The mapping is total: what the table does not name is an
 * inert {@link io.github.rq4j.codec.python.PythonObject}.
 *
 * <table>
 * <caption>Python types and their Java forms</caption>
 * <tr><th>Python</th><th>Java</th></tr>
 * <tr><td>{@code None}</td><td>{@code null}</td></tr>
 * <tr><td>{@code bool}</td><td>{@code Boolean}</td></tr>
 * <tr><td>{@code int}</td><td>{@code Long} when it fits, else {@code BigInteger}; never
 *     {@code Integer}</td></tr>
 * <tr><td>{@code float}</td><td>{@code Double}, all 64 bits kept</td></tr>
 * <tr><td>{@code complex}</td><td>{@link io.github.rq4j.codec.python.PythonComplex}</td></tr>
 * <tr><td>{@code str}</td><td>{@code String}; lone surrogates stay as they are</td></tr>
 * <tr><td>{@code str} of Python 2</td><td>{@code String} when its bytes are UTF-8, else {@link
 *     io.github.rq4j.codec.python.PythonBytes}; configurable</td></tr>
 * <tr><td>{@code bytes}</td><td>{@link io.github.rq4j.codec.python.PythonBytes}</td></tr>
 * <tr><td>{@code bytearray}</td><td>{@link io.github.rq4j.codec.python.PythonByteArray}</td></tr>
 * <tr><td>{@code list}</td><td>{@link io.github.rq4j.codec.python.PythonList}, a {@code
 *     java.util.List}</td></tr>
 * <tr><td>{@code tuple}</td><td>{@link io.github.rq4j.codec.python.PythonTuple}</td></tr>
 * <tr><td>{@code dict}</td><td>{@link io.github.rq4j.codec.python.PythonDict}, a {@code
 *     java.util.Map}</td></tr>
 * <tr><td>{@code set}</td><td>{@link io.github.rq4j.codec.python.PythonSet}, a {@code
 *     java.util.Set}</td></tr>
 * <tr><td>{@code frozenset}</td><td>{@link
 *     io.github.rq4j.codec.python.PythonFrozenSet}</td></tr>
 * <tr><td>{@code range}, {@code slice}</td><td>{@link io.github.rq4j.codec.python.PythonRange},
 *     {@link io.github.rq4j.codec.python.PythonSlice}</td></tr>
 * <tr><td>{@code Ellipsis}, {@code NotImplemented}</td><td>{@link
 *     io.github.rq4j.codec.python.PythonSingleton}</td></tr>
 * <tr><td>{@code datetime.date}</td><td>{@code LocalDate}</td></tr>
 * <tr><td>{@code datetime.time}</td><td>{@code LocalTime} when naive with fold 0, else {@link
 *     io.github.rq4j.codec.python.PythonTime}</td></tr>
 * <tr><td>{@code datetime.datetime}, naive, fold 0</td><td>{@code LocalDateTime}</td></tr>
 * <tr><td>the same with a {@code timezone} that reads as {@code ZoneOffset}, fold 0</td><td>{@code
 *     OffsetDateTime}</td></tr>
 * <tr><td>the same with a {@code ZoneInfo} that reads as {@code ZoneId}, fold 0, not in a
 *     gap</td><td>{@code ZonedDateTime}</td></tr>
 * <tr><td>any other {@code datetime}</td><td>{@link
 *     io.github.rq4j.codec.python.PythonDateTime}</td></tr>
 * <tr><td>{@code datetime.timedelta}</td><td>{@code Duration}</td></tr>
 * <tr><td>{@code datetime.timezone}</td><td>{@code ZoneOffset} when it has no name, whole seconds
 *     and at most 18 hours, else {@link io.github.rq4j.codec.python.PythonTimeZone}</td></tr>
 * <tr><td>{@code zoneinfo.ZoneInfo}</td><td>{@code ZoneId} when the JDK has a region of that key,
 *     else {@code PythonObject}</td></tr>
 * <tr><td>{@code decimal.Decimal}</td><td>{@code BigDecimal} with the same exponent, or {@link
 *     io.github.rq4j.codec.python.PythonDecimal} for NaN, infinity, minus zero and exponents out of
 *     {@code BigDecimal}'s range</td></tr>
 * <tr><td>{@code fractions.Fraction}</td><td>{@link
 *     io.github.rq4j.codec.python.PythonFraction}</td></tr>
 * <tr><td>{@code uuid.UUID}</td><td>{@code java.util.UUID}; {@code PythonObject} when it carries
 *     {@code is_safe}</td></tr>
 * <tr><td>{@code pathlib} paths</td><td>{@link io.github.rq4j.codec.python.PythonPath}</td></tr>
 * <tr><td>{@code array.array}</td><td>{@link io.github.rq4j.codec.python.PythonArray}</td></tr>
 * <tr><td>a function, class or other global</td><td>{@link
 *     io.github.rq4j.codec.python.PythonGlobal}; nothing is ever loaded by that name</td></tr>
 * <tr><td>{@code OrderedDict}, {@code defaultdict}, {@code Counter}, dict subclasses</td><td>{@code
 *     PythonObject}; see {@link io.github.rq4j.codec.python.PythonObject#asMap()}</td></tr>
 * <tr><td>{@code deque}, named tuples, list and set subclasses</td><td>{@code PythonObject}; see
 *     {@link io.github.rq4j.codec.python.PythonObject#asList()}</td></tr>
 * <tr><td>instances, data classes, enum members, exceptions, {@code partial}, bound methods,
 *     everything else</td><td>{@code PythonObject}; see {@link
 *     io.github.rq4j.codec.python.PythonObject#attributes()} and {@link
 *     io.github.rq4j.codec.python.PythonObject#args()}</td></tr>
 * </table>
 *
 * <p>Mutable Python containers are Java collections and keep their identity: what one pickle refers
 * to twice is one object. Immutable Python containers are classes of their own, equal by content
 * only to their own kind, so that a tuple is never mistaken for a list nor a frozenset for a set.
 *
 * <p>{@code equals}, {@code hashCode} and {@code toString} of all types here take time linear in
 * the number of distinct objects, use no deep call stack, and end on structures that contain
 * themselves; {@code toString} abbreviates.
 */
@NullMarked
package io.github.rq4j.codec.python;

import org.jspecify.annotations.NullMarked;
