package io.github.rq4j.cli.verify;

import io.github.rq4j.cli.codec.PickleForm;
import io.github.rq4j.cli.console.CommandFailure;
import io.github.rq4j.client.Queue;
import io.github.rq4j.client.RqClient;
import io.github.rq4j.client.redis.Command;
import io.github.rq4j.client.redis.RedisServer;
import io.github.rq4j.client.redis.Reply;
import io.github.rq4j.client.wire.JobFields;
import io.github.rq4j.client.wire.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The data of jobs, each with where it comes from. */
final class Payloads {
  private static final int CHUNK = 200;

  private Payloads() {}

  /**
   * Those that wait in a queue now, so many at most. One that is gone meanwhile is left out.
   *
   * @return how many there were
   */
  static int inQueue(
      RqClient client,
      RedisServer server,
      String name,
      int limit,
      BiConsumer<String, byte[]> each) {
    Queue queue = client.queue(name);
    int count = 0;
    for (int offset = 0; offset < limit; offset += CHUNK) {
      List<String> ids = queue.jobIds(offset, Math.min(CHUNK, limit - offset));
      List<Command> questions =
          ids.stream().map(id -> Command.of("HGET", Keys.job(id), JobFields.DATA)).toList();
      List<Reply> replies =
          questions.isEmpty()
              ? List.of()
              : server.with(connection -> connection.pipeline(questions));
      for (int i = 0; i < replies.size(); i++) {
        byte[] data = replies.get(i).asBytes();
        if (data != null) {
          each.accept(ids.get(i), data);
          count++;
        }
      }
      if (ids.size() < CHUNK) {
        break;
      }
    }
    return count;
  }

  /**
   * That of a file, or of all files of a folder: as Redis holds it, as {@code redis-cli --raw}
   * prints it, as hexadecimal or base64 text, or each call of a {@link Recording}.
   *
   * @throws CommandFailure if one cannot be read
   */
  static void inFiles(Path path, BiConsumer<String, byte[]> each) {
    for (Path file : files(path)) {
      try {
        if (Recording.isOne(file)) {
          Recording.read(file, each);
        } else {
          each.accept(file.toString(), PickleForm.AUTO.pickle(Files.readAllBytes(file)));
        }
      } catch (IOException e) {
        throw CommandFailure.failure(file + " cannot be read: " + e, e);
      }
    }
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      if (!Files.isRegularFile(path)) {
        throw CommandFailure.failure("there is no file " + path);
      }
      return List.of(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      return new ArrayList<>(children.filter(Files::isRegularFile).sorted().toList());
    } catch (IOException e) {
      throw CommandFailure.failure(path + " cannot be read: " + e, e);
    }
  }
}
