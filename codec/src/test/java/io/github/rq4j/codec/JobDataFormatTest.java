package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.python.PythonBytes;
import io.github.rq4j.codec.python.PythonDict;
import io.github.rq4j.codec.python.PythonList;
import io.github.rq4j.codec.python.PythonTuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobDataFormatTest {
  /** Takes every value for the text of its bytes, and remembers what it was given. */
  private static final class Recorder implements Serializer {
    private final @Nullable Object answer;
    private final List<@Nullable Object> written = new ArrayList<>();
    private byte[] read = new byte[0];

    Recorder(@Nullable Object answer) {
      this.answer = answer;
    }

    @Override
    public byte[] serialize(@Nullable Object value) {
      written.add(value);
      return "serialized serialized serialized".getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public @Nullable Object deserialize(byte[] bytes) {
      read = bytes.clone();
      return answer;
    }
  }

  /** Reads nothing. */
  private static final class Refuser implements Serializer {
    @Override
    public byte[] serialize(@Nullable Object value) {
      throw new UnsupportedValueException("args[0]: no form");
    }

    @Override
    public @Nullable Object deserialize(byte[] bytes) {
      throw new MalformedPayloadException("at byte 0: nonsense");
    }
  }

  private static final PythonTuple CALL =
      PythonTuple.of("shop.ship", null, PythonTuple.of(1L), new PythonDict());

  private static JobDataFormat format(Serializer serializer) {
    return new JobDataFormat(serializer, CodecLimits.defaults());
  }

  private static JobData decode(@Nullable Object value) {
    return format(new Recorder(value)).decode(new byte[] {1});
  }

  private static byte[] deflated(byte[] plain) {
    return Zlib.deflate(new Deflater(), plain);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void a_call_is_written_as_a_tuple_of_four() {
    Recorder recorder = new Recorder(null);
    format(recorder).encode(new JobData("shop.ship", null, List.of(1L), Map.of("fast", true)));
    PythonDict kwargs = new PythonDict();
    kwargs.put("fast", true);
    assertThat(recorder.written)
        .containsExactly(PythonTuple.of("shop.ship", null, PythonTuple.of(1L), kwargs));
  }

  @Test
  void an_instance_is_written_in_the_second_place() {
    Recorder recorder = new Recorder(null);
    format(recorder).encode(new JobData("ship", "cart", List.of(), Map.of()));
    assertThat(recorder.written)
        .containsExactly(PythonTuple.of("ship", "cart", PythonTuple.EMPTY, new PythonDict()));
  }

  @Test
  void the_stored_bytes_are_those_of_pythons_zlib() {
    byte[] stored = format(new Recorder(null)).encode(new JobData("f", null, List.of(), Map.of()));
    assertThat(HexFormat.of().formatHex(stored))
        .isEqualTo("789c2b4e2dca4cccc9ac4a4d5128c6c60400d3400cc5");
  }

  @Test
  void what_the_serializer_refuses_is_passed_on() {
    assertThatThrownBy(
            () -> format(new Refuser()).encode(new JobData("f", null, List.of(), Map.of())))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage("args[0]: no form");
  }

  private static void assertNotWritten(Serializer serializer, JobData job, String message) {
    assertThatThrownBy(() -> format(serializer).encode(job))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void the_place_of_what_cannot_be_written_is_told_within_the_call() {
    Object thread = Thread.currentThread();
    for (Serializer serializer : List.of(PickleSerializer.defaults(), JsonSerializer.defaults())) {
      assertNotWritten(
          serializer,
          new JobData("f", null, List.of(1L, Map.of("worker", thread)), Map.of()),
          "args[1].worker: ");
      assertNotWritten(
          serializer, new JobData("f", null, List.of(), Map.of("x", thread)), "kwargs.x: ");
      assertNotWritten(serializer, new JobData("f", thread, List.of(), Map.of()), "instance: ");
    }
  }

  @Test
  void a_deflated_call_is_inflated_before_it_is_read() {
    Recorder recorder = new Recorder(CALL);
    assertThat(format(recorder).decode(deflated(ascii("plain"))))
        .isEqualTo(new JobData("shop.ship", null, List.of(1L), Map.of()));
    assertThat(recorder.read).isEqualTo(ascii("plain"));
  }

  @Test
  void what_is_no_zlib_stream_is_read_as_it_is() {
    Recorder recorder = new Recorder(CALL);
    format(recorder).decode(ascii("(Vshop.ship\np1\n"));
    assertThat(recorder.read).isEqualTo(ascii("(Vshop.ship\np1\n"));
  }

  @Test
  void an_old_pickle_that_looks_like_the_head_of_a_zlib_stream_is_read_as_it_is() {
    Recorder recorder = new Recorder(CALL);
    format(recorder).decode(ascii("(S'plus'\np1\n"));
    assertThat(recorder.read).isEqualTo(ascii("(S'plus'\np1\n"));
  }

  @Test
  void a_stream_that_wants_a_dictionary_is_read_as_it_is() {
    Deflater deflater = new Deflater();
    deflater.setDictionary(ascii("dictionary"));
    byte[] stored = Zlib.deflate(deflater, ascii("dictionary"));
    Recorder recorder = new Recorder(CALL);
    format(recorder).decode(stored);
    assertThat(recorder.read).isEqualTo(stored);
  }

  @Test
  void bytes_behind_the_end_of_the_stream_are_ignored() {
    byte[] stream = deflated(ascii("plain"));
    Recorder recorder = new Recorder(CALL);
    format(recorder).decode(Arrays.copyOf(stream, stream.length + 5));
    assertThat(recorder.read).isEqualTo(ascii("plain"));
  }

  @Test
  void a_stream_cut_anywhere_is_read_as_it_is() {
    byte[] stream = deflated(ascii("plain plain plain plain"));
    Recorder recorder = new Recorder(CALL);
    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      format(recorder).decode(cut);
      assertThat(recorder.read).isEqualTo(cut);
    }
  }

  @Test
  void damage_is_reported_for_both_readings() {
    byte[] stream = deflated(ascii("plain"));
    assertThatThrownBy(() -> format(new Refuser()).decode(Arrays.copyOf(stream, 9)))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("job data is no zlib stream (cut short), and as it is: at byte 0: nonsense");
  }

  @Test
  void damage_behind_a_whole_stream_is_reported_by_the_serializer_alone() {
    assertThatThrownBy(() -> format(new Refuser()).decode(deflated(ascii("plain"))))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessage("at byte 0: nonsense");
  }

  @Test
  void a_format_works_on_after_a_failure() {
    Recorder recorder = new Recorder(CALL);
    JobDataFormat format = format(recorder);
    format.decode(ascii("x\u0001 no deflate blocks"));
    format.decode(deflated(ascii("plain")));
    assertThat(recorder.read).isEqualTo(ascii("plain"));
  }

  @Test
  void a_list_of_four_as_json_has_it_is_a_call() {
    PythonDict kwargs = new PythonDict();
    kwargs.put("fast", true);
    assertThat(decode(PythonList.of("shop.ship", null, PythonList.of(1L), kwargs)))
        .isEqualTo(new JobData("shop.ship", null, List.of(1L), Map.of("fast", true)));
  }

  @Test
  void plain_java_collections_of_other_serializers_are_a_call() {
    assertThat(decode(Arrays.asList("shop.ship", null, List.of(1L), Map.of("fast", true))))
        .isEqualTo(new JobData("shop.ship", null, List.of(1L), Map.of("fast", true)));
  }

  @Test
  void names_in_byte_strings_of_python_2_are_text() {
    PythonDict kwargs = new PythonDict();
    kwargs.put(PythonBytes.fromArray(ascii("fast")), true);
    assertThat(
            decode(
                PythonTuple.of(
                    PythonBytes.fromArray(ascii("plus")), null, PythonTuple.EMPTY, kwargs)))
        .isEqualTo(new JobData("plus", null, List.of(), Map.of("fast", true)));
  }

  @Test
  void none_stands_for_no_arguments() {
    assertThat(decode(PythonTuple.of("f", null, null, null)))
        .isEqualTo(new JobData("f", null, List.of(), Map.of()));
  }

  @Test
  void arguments_keep_their_order_and_their_nones() {
    PythonDict kwargs = new PythonDict();
    kwargs.put("b", null);
    kwargs.put("a", 1L);
    JobData job = decode(PythonTuple.of("f", null, PythonTuple.of(null, 2L), kwargs));
    assertThat(job.args()).containsExactly(null, 2L);
    assertThat(job.kwargs().keySet()).containsExactly("b", "a");
  }

  private static void assertRefused(@Nullable Object value, String message) {
    assertThatThrownBy(() -> decode(value))
        .isInstanceOf(UnsupportedValueException.class)
        .hasMessage(message);
  }

  @Test
  void a_value_of_another_kind_is_refused() {
    assertRefused(null, "job data is None, not a tuple or list of 4");
    assertRefused("secret", "job data is str, not a tuple or list of 4");
    assertRefused(new PythonDict(), "job data is dict, not a tuple or list of 4");
  }

  @Test
  void a_tuple_of_another_length_is_refused() {
    assertRefused(PythonTuple.of("f", null, PythonTuple.EMPTY), "job data has 3 elements, not 4");
    assertRefused(
        PythonTuple.copyOf(Collections.nCopies(5, null)), "job data has 5 elements, not 4");
  }

  @Test
  void a_function_name_that_is_no_text_is_refused() {
    assertRefused(
        PythonTuple.of(null, null, PythonTuple.EMPTY, new PythonDict()),
        "job data has as function name None, not str");
    assertRefused(
        PythonTuple.of(
            PythonBytes.fromArray(new byte[] {-1}), null, PythonTuple.EMPTY, new PythonDict()),
        "job data has as function name bytes, not str");
  }

  @Test
  void arguments_that_are_no_sequence_are_refused() {
    assertRefused(
        PythonTuple.of("f", null, "abc", new PythonDict()),
        "job data has as args str, not a tuple or list");
  }

  @Test
  void keyword_arguments_that_are_no_dict_are_refused() {
    assertRefused(
        PythonTuple.of("f", null, PythonTuple.EMPTY, PythonTuple.EMPTY),
        "job data has as kwargs tuple, not a dict");
  }

  @Test
  void a_keyword_that_is_no_text_is_refused() {
    PythonDict kwargs = new PythonDict();
    kwargs.put(1L, 2L);
    assertRefused(
        PythonTuple.of("f", null, PythonTuple.EMPTY, kwargs),
        "job data has in kwargs a key that is int, not str");
  }

  @Test
  void a_keyword_given_as_str_and_as_bytes_is_refused() {
    PythonDict kwargs = new PythonDict();
    kwargs.put("fast", 1L);
    kwargs.put(PythonBytes.fromArray(ascii("fast")), 2L);
    assertRefused(
        PythonTuple.of("f", null, PythonTuple.EMPTY, kwargs),
        "job data has in kwargs one name twice, as str and as bytes");
  }

  @Test
  void one_format_serves_many_threads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      JobDataFormat format =
          format(
              new Serializer() {
                @Override
                public byte[] serialize(@Nullable Object value) {
                  return ascii(value == null ? "" : value.toString());
                }

                @Override
                public @Nullable Object deserialize(byte[] bytes) {
                  return PythonTuple.of(
                      new String(bytes, StandardCharsets.US_ASCII),
                      null,
                      PythonTuple.EMPTY,
                      new PythonDict());
                }
              });
      List<Callable<JobData>> calls = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        JobData job = new JobData("shop.task" + i, null, List.of(), Map.of());
        calls.add(() -> format.decode(format.encode(job)));
      }
      int i = 0;
      for (Future<JobData> job : threads.invokeAll(calls)) {
        assertThat(job.get().functionName()).startsWith("('shop.task" + i++ + "'");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void serializing_and_deflating_in_two_steps_is_encoding() {
    JobDataFormat format = new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults());
    JobData call = new JobData("tasks.f", null, List.of(1L, "text"), Map.of());
    assertThat(format.deflate(format.encodeAsIs(call))).isEqualTo(format.encode(call));
  }

  @Test
  void data_that_is_not_compressed_is_the_bare_pickle_and_reads_the_same() {
    JobDataFormat format =
        new JobDataFormat(PickleSerializer.builder().protocol(2).build(), CodecLimits.defaults());
    JobData call = new JobData("shop.ship", null, List.of(1L), Map.of());
    byte[] data = format.encodeAsIs(call);
    assertThat(data).startsWith(0x80, 2);
    assertThat(format.decode(data)).isEqualTo(call);
  }

  @Test
  void the_serializer_for_an_answer_is_found_behind_compression_and_without() {
    JobDataFormat old =
        new JobDataFormat(PickleSerializer.builder().protocol(2).build(), CodecLimits.defaults());
    JobDataFormat format = new JobDataFormat(PickleSerializer.defaults(), CodecLimits.defaults());
    JobData call = new JobData("shop.ship", null, List.of(), Map.of());
    for (byte[] data : List.of(old.encode(call), old.encodeAsIs(call))) {
      assertThat(((PickleSerializer) format.serializerFor(data)).protocol()).isEqualTo(2);
    }
    assertThat(format.serializerFor(format.encode(call))).isSameAs(PickleSerializer.defaults());
  }

  @Test
  void a_serializer_that_knows_no_versions_answers_itself() {
    JobDataFormat json = new JobDataFormat(JsonSerializer.defaults(), CodecLimits.defaults());
    byte[] data = json.encode(new JobData("shop.ship", null, List.of(), Map.of()));
    assertThat(json.serializerFor(data)).isSameAs(JsonSerializer.defaults());
    assertThat(json.serializerFor(new byte[0])).isSameAs(JsonSerializer.defaults());
  }
}
