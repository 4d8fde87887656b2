package io.stepsync.page;

import static io.stepsync.LongestWait.LONGEST_WAIT;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A browser without a window. Nothing is downloaded: it is the one that is installed. */
final class Chromium implements AutoCloseable {

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Tells whether there is one, and what controls it. */
  static boolean isInstalled() {
    return browser().isPresent() && control().isPresent();
  }

  static Chromium start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser().orElseThrow());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--hide-scrollbars", "--lang=en-GB", "--disable-gpu");
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(control().orElseThrow())
            .withTimeout(LONGEST_WAIT)
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(LONGEST_WAIT);
    return new Chromium(driver);
  }

  private static Optional<File> browser() {
    return installed("chromium", "chromium-browser", "google-chrome");
  }

  private static Optional<File> control() {
    return installed("chromedriver");
  }

  private static Optional<File> installed(String... names) {
    String[] folders = System.getenv("PATH").split(File.pathSeparator, -1);
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(folders).map(folder -> new File(folder, name)))
        .filter(File::canExecute)
        .findFirst();
  }

  /** Sets the width in CSS pixels; below 500 it is a phone. */
  void width(int pixels) {
    boolean phone = pixels < 500;
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", phone));
  }

  void dark(boolean dark) {
    Map<String, String> scheme =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    command("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** Cuts the connection to all servers, or mends it. */
  void offline(boolean offline) {
    command("Network.enable", Map.of());
    command(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  private Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  void open(String url) {
    driver.get(url);
  }

  ChromeDriver driver() {
    return driver;
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  /** Clicks an element wherever it is by then: a mouse would miss what moves as a page is drawn. */
  void click(String selector) {
    driver.executeScript("document.querySelector(arguments[0]).click()", selector);
  }

  /** Returns the text that people see in the first such element; nothing where there is none. */
  String text(String selector) {
    return (String)
        driver.executeScript(
            "return document.querySelector(arguments[0])?.innerText.trim() ?? ''", selector);
  }

  /** Returns an attribute of the first such element; nothing where there is none. */
  String attribute(String selector, String name) {
    return (String)
        driver.executeScript(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''",
            selector,
            name);
  }

  Object script(String script) {
    return driver.executeScript(script);
  }

  /** Returns what axe-core finds, of the impacts serious and critical, a line each. */
  @SuppressWarnings("unchecked")
  List<String> accessibilityFaults() throws IOException {
    try (InputStream axe = Chromium.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    return (List<String>)
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document).then((result) => done(result.violations
              .filter((fault) => ['serious', 'critical'].includes(fault.impact))
              .flatMap((fault) => fault.nodes.map((node) => fault.id + ': ' + node.failureSummary + ' ' + node.html))));
            """);
  }

  /** Keeps a picture of the whole page. */
  void screenshot(Path file) throws IOException {
    keep(file, Map.of("format", "png", "captureBeyondViewport", true));
  }

  /** Keeps a picture of the top of the page. */
  void screenshot(Path file, int width, int height) throws IOException {
    keep(
        file,
        Map.of(
            "format",
            "png",
            "captureBeyondViewport",
            true,
            "clip",
            Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
  }

  private void keep(Path file, Map<String, Object> how) throws IOException {
    Object picture = command("Page.captureScreenshot", how).get("data");
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode((String) picture));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
