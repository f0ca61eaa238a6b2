package io.github.rq4j.worker.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What jobs cost Redis does not grow unnoticed. With {@code -Drq4j.costs.record=true} what is
 * measured becomes what is recorded, in costs.tsv and docs/redis-work.md.
 */
@Execution(ExecutionMode.CONCURRENT)
class JobCostTest {
  private static final boolean RECORDS = Boolean.getBoolean("rq4j.costs.record");
  private static final String HOW_TO_ACCEPT =
      """
      If it has to cost more, accept it with
        mvn -pl worker -am test -Dtest=JobCostTest -Drq4j.costs.record=true \
      -Dsurefire.failIfNoSpecifiedTests=false
      and tell in the commit what it is good for.""";

  @ParameterizedTest
  @MethodSource("io.github.rq4j.worker.cost.CostScenario#all")
  void no_cost_grows(CostScenario scenario) throws IOException, InterruptedException {
    Cost cost = scenario.measure();
    if (RECORDS) {
      CostTable.record(scenario, cost);
      return;
    }
    Cost limit = CostTable.recorded().get(scenario.text());
    assertThat(limit).as("the recorded cost of %s", scenario.text()).isNotNull();
    assertThat(cost.growthOver(limit))
        .as("The cost of %s.%n%s%n", scenario.text(), HOW_TO_ACCEPT)
        .isEmpty();
  }

  @Test
  @DisabledIfSystemProperty(named = "rq4j.costs.record", matches = "true")
  void the_page_shows_what_is_recorded() throws IOException {
    assertThat(CostTable.recorded().keySet())
        .containsExactlyElementsOf(CostScenario.all().stream().map(CostScenario::text).toList());
    String page = CostTable.pageText();
    assertThat(page).isEqualTo(CostTable.onPage(page, CostTable.recorded()));
  }
}
