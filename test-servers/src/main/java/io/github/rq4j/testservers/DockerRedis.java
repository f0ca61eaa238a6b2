package io.github.rq4j.testservers;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** A container for the whole run, with so many databases that no test class has to wait. */
final class DockerRedis implements RedisSupply {

  private static final int PORT = 6379;
  private static final int DATABASES = 512;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final GenericContainer<?> container;
  private final DatabasePool databases;
  private final String description;

  private DockerRedis(GenericContainer<?> container, String description) {
    this.container = container;
    this.description = description;
    URI server = URI.create("redis://" + container.getHost() + ":" + container.getMappedPort(PORT));
    this.databases =
        new DatabasePool(server, description, IntStream.range(0, DATABASES).boxed().toList());
  }

  static RedisSupply start(String image) {
    DockerImageName name = DockerImageName.parse(image);
    DockerImage.makePresent(engine(), name);
    GenericContainer<?> container = container(name);
    try {
      container.start();
      return new DockerRedis(container, "container of " + image);
    } catch (RuntimeException e) {
      container.close();
      throw RedisNotAvailableException.tryNext(
          "no container of " + image + " can be started: " + DockerImage.rootCause(e), e);
    }
  }

  private static DockerClient engine() {
    try {
      DockerClientFactory docker = DockerClientFactory.instance();
      if (docker.isDockerAvailable()) {
        return docker.client();
      }
    } catch (RuntimeException e) {
      throw RedisNotAvailableException.tryNext(
          "the Docker engine cannot be used: " + DockerImage.rootCause(e), e);
    }
    throw RedisNotAvailableException.tryNext("no Docker engine answers", null);
  }

  private static GenericContainer<?> container(DockerImageName image) {
    return new GenericContainer<>(image)
        .withImagePullPolicy(name -> false)
        .withExposedPorts(PORT)
        // Only options: whether the image's entry point names the server, or adds it when the first
        // argument begins with a dash, these reach it.
        .withCommand(
            "--databases", Integer.toString(DATABASES),
            "--save", "",
            "--appendonly", "no",
            "--bind", "0.0.0.0",
            "--protected-mode", "no")
        // The default strategy runs a shell in the container, which a minimal image has not.
        .waitingFor(
            Wait.forLogMessage(".*Ready to accept connections.*", 1)
                .withStartupTimeout(START_LIMIT));
  }

  @Override
  public RedisLease lease() {
    return databases.lease();
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public void close() {
    container.close();
  }
}
