package io.github.rq4j.interop.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rq4j.interop.keyspace.Keyspace;
import io.github.rq4j.local.CommandResult;
import io.github.rq4j.testservers.PythonRq;
import io.github.rq4j.testservers.TestRedis;
import io.github.rq4j.testservers.WithPythonRq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rq4j enqueue} stores, byte for byte, what {@code rq enqueue} stores. */
@WithPythonRq
class EnqueueBesideRqTest {
  private static final String SEPARATOR = " ; ";

  @TempDir private Path directory;
  private TestRedis redis;

  @BeforeEach
  void remember(TestRedis testRedis) {
    redis = testRedis;
  }

  private void start() {
    redis.flush();
    redis.command("HSET", "rq:job:p1", "status", "queued", "origin", "other", "data", "");
  }

  /** A command line, its words apart by semicolons since their blanks count. */
  private String[] words(String line) {
    List<String> words = new ArrayList<>(List.of("enqueue", "--job-id", "j1"));
    for (String word : line.split(SEPARATOR, -1)) {
      words.add(word.replace("DIR", directory.toString()));
    }
    return words.toArray(new String[0]);
  }

  private void assertSame(PythonRq python, String line) {
    String[] words = words(line);
    start();
    CommandResult theirs = python.rq(words);
    Keyspace left = Keyspace.of(redis);
    start();
    CommandResult ours = new Rq4j(redis).run(words);

    assertThat(theirs.stderr()).isEmpty();
    assertThat(ours.stderr()).isEmpty();
    assertThat(ours.stdout()).isEqualTo(theirs.stdout());
    assertThat(ours.exitCode()).isEqualTo(theirs.exitCode()).isZero();
    assertThat(left.differences(Keyspace.of(redis)))
        .as("beside what the client writes in the form that more releases of RQ read")
        .allMatch(
            difference ->
                difference.isLeftOutMoment() || difference.place().startsWith("rq:deferred:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.tasks.f",
        "f ; a ; b ; ab ; ab ; ",
        "f ; :1 ; :[1, 2.5, null, true, false] ; :{\"a\": {\"k\": \"vv\"}, \"b\": {\"k\": \"vv\"}}",
        "f ; :{\"ab\": \"x\", \"c\": [{\"ab\": 1}, {\"ab\": 2}]} ; :\"é☃😀\\u00e9\" ; :\"ab\" ; :\"ab\"",
        "f ; :1e400 ; :-1 ; :12345678901234567890123 ; :NaN ; :-Infinity ; :{\"a\":1,\"a\":2}",
        "f ; k=v ; j:={\"a\": 1} ; l%=(1, 2) ; a=b ; empty= ; x=a=b",
        "f ; =x ; a:b=c ; a%b=c ; k=:1 ; k2=%1 ; B=1",
        "f ; long=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "f ; with blanks ; it's ; \"quoted\" ; back\\slash ; tab\there",
      })
  void texts_and_json_become_the_same_job(String line, PythonRq python) {
    assertSame(python, line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%1 ; %-1 ; %+1 ; %- 1 ; %1_000 ; %0x1F ; %0o17 ; %0b1_1 ; %00 ; %123456789012345678901234",
        "%1.5 ; %1. ; %.5 ; %1e3 ; %1_0.0_1E-1_0 ; %-0.0 ; %1e400",
        "%1j ; %1+2j ; %-1-2j ; %1.5 - .5J ; %-2j ; %0-0j",
        "%None ; %True ; %False ; %... ; %set()",
        "%'a' ; %'ab' ; %\"a\\tb\" ; %r'a\\n' ; %u'x' ; %'a' \"b\" ; %'''t\"q''' ; %('a'\n'b')",
        "%'\\x41\\u00e9\\N{SNOWMAN}\\U0001F600\\101\\q\\\nz' ; %'it\\'s'",
        "%b'ab' ; %B'\\xff\\0' ; %rb'\\x' ; %b'a' b'b' ; %Rb'' ; %b''",
        "%(1,) ; %() ; %(1) ; %1,2 ; %1, ; %((), [()], {}) ; %(1, 2,)",
        "%[1, 2] ; %[] ; %[1,] ; %[[], [[]]] ; %{'a': 1, 2: (3,)} ; %{1: 2,} ; %{'a': 1, 'a': 2}",
        "%{1} ; %{1, True, 1.0} ; %{'a'} ; %{(1, 2)} ; %{True: 1, 1: 2}",
        "% 1 ; %\t[1, # one\n 2] ; %1 # one ; %[1,\\\n2] ; %{ 'k' : 'v' }",
        "%['ab', 'ab', 'a', 'a', '', ''] ; %{'ab': 'ab'} ; %(b'ab', b'ab', b'a', b'a')",
      })
  void literals_become_the_same_job(String line, PythonRq python) {
    assertSame(python, "f ; " + line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f ; --timeout ; 5m ; --result-ttl ; 1h ; --ttl ; 2d ; --failure-ttl ; 90",
        "f ; --description ; hello ; --at-front ; -q ; high",
        "f ; --depends-on ; p1 ; --depends-on ; p2 ; --at-front",
        "f ; --retry-max ; 3 ; --retry-interval ; 10 ; --retry-interval ; 20",
        "f ; --retry-max ; 2",
        "f ; --retry-interval ; 5",
        "f ; --schedule-in ; 10m",
        "f ; --schedule-at ; 2031-05-27T21:45:00 ; --at-front",
        "f ; -S ; json ; :[1] ; k=v ; %(1, 2)",
        "f ; --quiet ; :5",
        "--result-ttl ; 0 ; f ; --timeout ; -1 ; --failure-ttl ; -1 ; a",
      })
  void options_become_the_same_job(String line, PythonRq python) {
    assertSame(python, line);
  }

  @Test
  void arguments_in_files_become_the_same_job(PythonRq python) throws IOException {
    Files.writeString(directory.resolve("text"), "two\r\nlines\n");
    Files.writeString(directory.resolve("json"), "{\"x\": [1, 2]}\n");
    Files.writeString(directory.resolve("literal"), "{'x': (1,\r\n 2)}\n# done\n");

    assertSame(
        python,
        "f ; @DIR/text ; :@DIR/json ; %@DIR/literal ; a=@DIR/text ; b:=@DIR/json ; c%=@DIR/literal");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f ; :x",
        "f ; :",
        "f ; k:=[1",
        "f ; %x",
        "f ; %",
        "f ; %--1",
        "f ; %1+2",
        "f ; %1j+2j",
        "f ; %-True",
        "f ; %[1",
        "f ; %(1,,)",
        "f ; %'a",
        "f ; %'a' b'b'",
        "f ; %b'é'",
        "f ; %{[]}",
        "f ; %{{}: 1}",
        "f ; %{1: 2, 3}",
        "f ; %f'x'",
        "f ; %1\n2",
        "f ; %007",
        "f ; %1__0",
        "f ; %0x",
        "f ; %'\\x4'",
        "f ; %'\\N{NO SUCH}'",
        "f ; %list()",
        "f ; %set(1)",
        "f ; k=1 ; k=2",
        "f ; @DIR/nosuch",
        "f ; --schedule-in ; 5 ; --schedule-at ; 2031-05-27T21:45:00",
        "f ; --no-such-option",
      })
  void what_rq_refuses_is_refused_with_its_exit_code(String line, PythonRq python) {
    String[] words = words(line);
    start();
    CommandResult theirs = python.rq(words);
    CommandResult ours = new Rq4j(redis).run(words);

    assertThat(ours.exitCode()).isEqualTo(theirs.exitCode()).isNotZero();
    assertThat(ours.stdout()).isEmpty();
    assertThat(ours.stderr().lines()).hasSize(1);
    assertThat(redis.command("EXISTS", "rq:job:j1")).isEqualTo(0L);
  }
}
