package io.github.rq4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
  private final Percentiles upToThousand =
      new Percentiles(DoubleStream.iterate(1000, value -> value - 1).limit(1000).toArray());

  @Test
  void a_percentile_is_the_least_value_that_so_many_do_not_exceed() {
    assertThat(upToThousand.at(0.5)).isEqualTo(500);
    assertThat(upToThousand.at(0.99)).isEqualTo(990);
    assertThat(upToThousand.at(0.999)).isEqualTo(999);
    assertThat(upToThousand.at(1)).isEqualTo(1000);
  }

  @Test
  void a_single_value_is_every_percentile() {
    Percentiles single = new Percentiles(7);

    assertThat(single.at(0.001)).isEqualTo(7);
    assertThat(single.at(0.999)).isEqualTo(7);
  }

  @Test
  void there_are_no_percentiles_outside_of_the_values() {
    assertThatIllegalArgumentException().isThrownBy(() -> upToThousand.at(0));
    assertThatIllegalArgumentException().isThrownBy(() -> upToThousand.at(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> upToThousand.at(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(Percentiles::new);
  }

  @Test
  void the_spread_of_an_odd_number_of_runs_has_the_middle_one() {
    assertThat(Spread.of(List.of(30.0, 10.0, 20.0)))
        .isEqualTo(new Spread(20, 10, 30, List.of(30.0, 10.0, 20.0)));
  }

  @Test
  void the_spread_of_an_even_number_of_runs_has_the_mean_of_the_two_in_the_middle() {
    assertThat(Spread.of(List.of(1.0, 4.0, 2.0, 100.0)).median()).isEqualTo(3);
  }

  @Test
  void there_is_no_spread_of_no_runs() {
    assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
  }
}
