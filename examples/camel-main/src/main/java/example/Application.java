package example;

import org.apache.camel.main.Main;

/** An application on Camel Main: it has stepsync's jar, a stream in camel/, and keys of it. */
public final class Application {

  public static void main(String... arguments) throws Exception {
    new Main(Application.class).run(arguments);
  }
}
