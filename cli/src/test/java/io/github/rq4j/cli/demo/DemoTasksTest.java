package io.github.rq4j.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DemoTasksTest {

  @Test
  void the_words_of_the_page_are_those_that_the_site_counts() throws Exception {
    try (DemoSite site = DemoSite.open()) {
      assertThat(new DemoTasks().countWordsAtUrl(site.uri().toString())).isEqualTo(site.words());
    }
  }
}
