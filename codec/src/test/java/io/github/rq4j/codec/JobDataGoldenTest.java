package io.github.rq4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.rq4j.codec.json.JsonSerializer;
import io.github.rq4j.codec.pickle.PickleSerializer;
import io.github.rq4j.codec.pickle.Python2Strings;
import io.github.rq4j.codec.python.PythonGlobal;
import io.github.rq4j.codec.python.PythonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What releases of Python RQ have really stored. */
class JobDataGoldenTest {
  private static final JobDataFormat PICKLE = format(PickleSerializer.defaults());
  private static final JobDataFormat JSON = format(JsonSerializer.defaults());
  private static final JobDataFormat BYTES_OF_PYTHON_2 =
      format(PickleSerializer.builder().python2Strings(Python2Strings.BYTES).build());

  private static JobDataFormat format(Serializer serializer) {
    return new JobDataFormat(serializer, CodecLimits.defaults());
  }

  record Golden(
      String rq, String python, String serializer, String instance, String hex, String call) {}

  private static List<Golden> goldens() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(JobDataGoldenTest.class.getResourceAsStream("job-data.tsv")),
                StandardCharsets.UTF_8))) {
      List<Golden> goldens = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] parts = line.split("\t", -1);
          goldens.add(new Golden(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]));
        }
      }
      return goldens;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  List<DynamicTest> every_release_of_rq_is_understood() {
    return goldens().stream()
        .map(
            golden ->
                dynamicTest(
                    "RQ %s, Python %s: %s".formatted(golden.rq(), golden.python(), golden.call()),
                    () -> check(golden)))
        .toList();
  }

  private static JobData decode(String hex) {
    return PICKLE.decode(HexFormat.of().parseHex(hex));
  }

  @Test
  void a_published_job_of_rq_0_11_is_understood() {
    JobData job =
        decode(
            "789c6b60996aca00011a3d422589c5d97a39a979e92519f1f969f1a5453953fc7a44324a4a0a8aad"
                + "f4f5cbcbcbf54aca7352f592f3f4a7b44ea99d5232450f0072e7161c");
    assertThat(job)
        .isEqualTo(
            new JobData("task.length_of_url", null, List.of("https://www.twle.cn/"), Map.of()));
  }

  @Test
  void a_published_job_of_rq_0_6_0_on_python_2_is_understood() {
    JobData job =
        decode(
            "800228580d00000072715f746573742e68656c6c6f71014e5506796f757a616e71028571037d7104"
                + "7471052e");
    assertThat(job).isEqualTo(new JobData("rq_test.hello", null, List.of("youzan"), Map.of()));
  }

  private static void check(Golden golden) {
    byte[] stored = HexFormat.of().parseHex(golden.hex());
    JobData job = (golden.serializer().equals("json") ? JSON : PICKLE).decode(stored);
    assertThat(CallDescription.of(job)).isEqualTo(golden.call());
    assertThat(kindOf(job.instance())).isEqualTo(golden.instance());
    if (golden.serializer().equals("pickle")) {
      JobData withBytes = BYTES_OF_PYTHON_2.decode(stored);
      assertThat(withBytes.functionName()).isEqualTo(job.functionName());
      assertThat(withBytes.kwargs()).isEqualTo(job.kwargs());
    }
  }

  private static String kindOf(@Nullable Object instance) {
    if (instance == null) {
      return "-";
    }
    if (instance instanceof PythonObject object) {
      assertThat(object.type()).contains(new PythonGlobal("forms_mod", "C"));
      assertThat(object.attribute("b")).isEqualTo(3L);
      return "object";
    }
    assertThat(instance).isEqualTo(new PythonGlobal("forms_mod", "C"));
    return "class";
  }
}
