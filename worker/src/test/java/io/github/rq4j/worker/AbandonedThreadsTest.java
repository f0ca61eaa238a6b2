package io.github.rq4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is known of threads that are lost to code that does not come back. */
class AbandonedThreadsTest {
  private final CountDownLatch done = new CountDownLatch(1);
  private final AtomicInteger tooMany = new AtomicInteger();
  private final AbandonedThreads threads = new AbandonedThreads(1, tooMany::incrementAndGet);

  @AfterEach
  void release() {
    done.countDown();
  }

  private Thread stuck(String name) {
    Thread thread = Threads.daemon(name, this::neverComesBack);
    thread.start();
    WorkerFixture.await().until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private void neverComesBack() {
    boolean interrupted = true;
    while (interrupted) {
      try {
        done.await();
        interrupted = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  @Test
  void one_more_than_may_be_is_too_many() {
    threads.add(stuck("first"), "why");
    assertThat(tooMany).hasValue(0);
    threads.add(stuck("second"), "why");
    assertThat(tooMany).hasValue(1);
    assertThat(threads.running()).isEqualTo(2);
  }

  @Test
  void a_thread_that_has_ended_makes_room_for_another() throws InterruptedException {
    Thread first = stuck("first");
    threads.add(first, "why");
    done.countDown();
    first.join();
    threads.add(Thread.currentThread(), "why");
    assertThat(tooMany).hasValue(0);
  }

  @Test
  void it_is_logged_where_a_thread_stands() {
    // Another test class may just be making SLF4J look for it.
    WorkerFixture.await().until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
    Logger logger = (Logger) LoggerFactory.getLogger(AbandonedThreads.class);
    ListAppender<ILoggingEvent> messages = new ListAppender<>();
    messages.start();
    logger.addAppender(messages);
    try {
      threads.add(stuck("a-lost-one"), "Job j did not react");
    } finally {
      logger.detachAppender(messages);
    }
    assertThat(messages.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(message -> message.contains("a-lost-one"))
        .singleElement()
        .asString()
        .startsWith("Job j did not react: thread a-lost-one is given up and runs on, one of 1 now")
        .contains("\tat ")
        .contains("AbandonedThreadsTest.neverComesBack");
  }
}
