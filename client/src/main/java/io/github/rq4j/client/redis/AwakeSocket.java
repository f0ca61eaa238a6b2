package io.github.rq4j.client.redis;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A socket whose reader does not sleep where a reply is about to come. */
final class AwakeSocket extends Socket {
  @Override
  public InputStream getInputStream() throws IOException {
    InputStream input = super.getInputStream();
    // On a single processor whoever stays awake keeps the server from answering.
    boolean canWaitAwake = Runtime.getRuntime().availableProcessors() > 1;
    return canWaitAwake ? new AwakeInputStream(input, System::nanoTime) : input;
  }
}
