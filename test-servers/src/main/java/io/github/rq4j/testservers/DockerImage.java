package io.github.rq4j.testservers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.testcontainers.utility.DockerImageName;

/**
 * Brings a container image onto this machine. Testcontainers would try again and again for minutes
 * where there is no way to a registry; tests have other servers to turn to.
 */
final class DockerImage {

  private static final Duration PULL_LIMIT = Duration.ofMinutes(2);

  private DockerImage() {}

  /**
   * Pulls the image, once, unless it is there.
   *
   * @throws RedisNotAvailableException if it cannot be had
   */
  static void makePresent(DockerClient engine, DockerImageName image) {
    try {
      if (!isPresent(engine, image) && !pull(engine, image)) {
        throw RedisNotAvailableException.tryNext(
            "pulling the image " + image + " takes more than " + PULL_LIMIT.toSeconds() + " s",
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RedisNotAvailableException.giveUp("interrupted while pulling the image " + image, e);
    } catch (RedisNotAvailableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw RedisNotAvailableException.tryNext(
          "the image " + image + " cannot be had: " + rootCause(e), e);
    }
  }

  private static boolean isPresent(DockerClient engine, DockerImageName image) {
    try {
      engine.inspectImageCmd(image.asCanonicalNameString()).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static boolean pull(DockerClient engine, DockerImageName image)
      throws InterruptedException {
    return engine
        .pullImageCmd(image.getUnversionedPart())
        .withTag(image.getVersionPart())
        .start()
        .awaitCompletion(PULL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The innermost cause, on one line. */
  static String rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }
}
