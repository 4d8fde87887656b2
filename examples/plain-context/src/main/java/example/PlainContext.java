package example;

import io.stepsync.camel.StepsyncRoutes;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.hsqldb.jdbc.JDBCPool;

/** An application with a plain Camel context, in which stepsync copies users into its database. */
public final class PlainContext {

  public static void main(String... arguments) throws Exception {
    JDBCPool pool = new JDBCPool(10);
    pool.setUrl("jdbc:hsqldb:file:data/example");
    CamelContext context = new DefaultCamelContext();
    context.getPropertiesComponent().addLocation("classpath:application.properties");
    start(context, pool);
    new CountDownLatch(1).await();
  }

  static void start(CamelContext context, DataSource dataSource) throws Exception {
    context.getRegistry().bind("dataSource", dataSource);
    StepsyncRoutes.addTo(context, "classpath:streams/user.camel.yaml");
    context.start();
  }
}
