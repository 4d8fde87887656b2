package io.stepsync.bench.rival;

import io.stepsync.bench.database.BenchDatabase;
import java.time.Duration;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.Job;
import org.springframework.batch.core.JobExecution;
import org.springframework.batch.core.JobParametersBuilder;
import org.springframework.batch.core.Step;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobLauncher;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JobRepositoryFactoryBean;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.item.ItemWriter;
import org.springframework.batch.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Spring Batch: a chunk a window, written by a JDBC batch, its state in the job repository. */
final class SpringBatch extends TableRival {

  private final TaskExecutorJobLauncher launcher = new TaskExecutorJobLauncher();
  private final Job job;
  private long runs;

  SpringBatch(Setup setup, Target target) throws Exception {
    super(target);
    DataSourceTransactionManager transactions = new DataSourceTransactionManager(target.pool());
    JobRepository repository = repository(setup.database(), transactions);
    Step step =
        new StepBuilder("copy", repository)
            .<String[], String[]>chunk(setup.step(), transactions)
            .reader(new StepReader(setup))
            .writer(writer(setup.database()))
            .build();
    job = new JobBuilder("copy", repository).start(step).build();
    launcher.setJobRepository(repository);
    launcher.afterPropertiesSet();
  }

  private JobRepository repository(
      BenchDatabase database, DataSourceTransactionManager transactions) throws Exception {
    String schema = "org/springframework/batch/core/schema-" + database.name() + ".sql";
    new ResourceDatabasePopulator(new ClassPathResource(schema)).execute(target().pool());
    JobRepositoryFactoryBean factory = new JobRepositoryFactoryBean();
    factory.setDataSource(target().pool());
    factory.setTransactionManager(transactions);
    factory.afterPropertiesSet();
    return factory.getObject();
  }

  private ItemWriter<String[]> writer(BenchDatabase database) {
    var writer =
        new JdbcBatchItemWriterBuilder<String[]>()
            .dataSource(target().pool())
            .sql(target().sql().text("upsert-record"))
            .itemPreparedStatementSetter(
                (record, statement) -> BatchWriter.set(statement, 1, record, database))
            .assertUpdates(false) // a batch that the driver rewrites tells no counts
            .build();
    writer.afterPropertiesSet();
    return writer;
  }

  @Override
  public Duration copy() throws Exception {
    runs++;
    return Rival.timed(
        () -> {
          JobExecution execution =
              launcher.run(job, new JobParametersBuilder().addLong("run", runs).toJobParameters());
          if (!execution.getExitStatus().equals(ExitStatus.COMPLETED)) {
            throw new IllegalStateException("Spring Batch ended with " + execution);
          }
        });
  }
}
