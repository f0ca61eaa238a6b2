package io.github.rq4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version as the build wrote it. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream resource = BuildVersion.class.getResourceAsStream("version.properties")) {
      properties.load(resource);
    }
    return new String[] {"rq4j, version " + properties.getProperty("version")};
  }
}
