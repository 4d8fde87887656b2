package io.stepsync.page;

import io.stepsync.SettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the status page is served, and to whom.
 *
 * <p>Immutable.
 *
 * @param host the address that it listens on, such as 127.0.0.1; 0.0.0.0 for all
 * @param port the port, 0 to 65535; 0 for any that is free
 * @param name a further name that browsers may call it by; empty for none
 * @param user who may see it; empty for everybody
 * @param password the user's password; must be set where {@code host} is not a loopback address
 */
public record PageSettings(String host, int port, String name, String user, String password) {

  private static final String PREFIX = "stepsync.page.";

  /**
   * @throws SettingException naming the key, its rule and its value
   */
  public PageSettings {
    if (host.isEmpty()) {
      throw new SettingException(PREFIX + "host must be set");
    }
    if (port < 0 || port > 65535) {
      throw new SettingException(PREFIX + "port must be 0 to 65535, was " + port);
    }
    if (password.isEmpty() && !address(host).isLoopbackAddress()) {
      throw new SettingException(
          PREFIX + "password must be set where " + PREFIX + "host is not loopback, was " + host);
    }
    if (user.isEmpty() != password.isEmpty()) {
      throw new SettingException(PREFIX + "user and password must be set both, or none");
    }
    if (user.contains(":")) {
      throw new SettingException(PREFIX + "user must be without a colon, was " + user);
    }
  }

  InetAddress address() {
    return address(host);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new SettingException(
          PREFIX + "host must be an address of this machine, was " + host, e);
    }
  }

  /**
   * Refuses a port that is in use now; it may be taken until it is listened on.
   *
   * @throws IllegalStateException naming the port
   */
  void requireFree() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(address(), port));
    } catch (IOException e) {
      throw cannotBeOpened(e.getMessage(), e);
    }
  }

  IllegalStateException cannotBeOpened(String reason, Throwable cause) {
    return new IllegalStateException(
        "%sport %d of %s cannot be opened (%s); set another or stepsync.page.enabled=false"
            .formatted(PREFIX, port, host, reason),
        cause);
  }

  /**
   * Where the page is on this machine.
   *
   * @param listened the port that is listened on
   */
  String url(int listened) {
    InetAddress address = address();
    String shown = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
    return "http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + listened + "/";
  }
}
