package example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Boot application: it has stepsync's jar, a stream in camel/, and keys of it. */
@SpringBootApplication
public class Application {

  public static void main(String... arguments) {
    SpringApplication.run(Application.class, arguments);
  }
}
