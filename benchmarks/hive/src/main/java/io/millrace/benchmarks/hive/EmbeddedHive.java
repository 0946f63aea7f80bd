package io.millrace.benchmarks.hive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hive.conf.HiveConf;
import org.apache.hadoop.hive.ql.Driver;
import org.apache.hadoop.hive.ql.session.SessionState;

/**
 * Hive in this process, with a metastore in memory, which fetches rows itself: no engine runs for a
 * query without aggregates. Confined to the thread that makes it.
 */
final class EmbeddedHive {
    private final Driver driver;

    /**
     * @param vectorized whether Hive reads Parquet in batches, where it can
     */
    EmbeddedHive(Path work, boolean vectorized) {
        System.setProperty(
                "derby.stream.error.file", work.resolve("derby.log").toString()); // not here
        HiveConf conf = new HiveConf();
        conf.set("fs.defaultFS", "file:///");
        conf.set("mapreduce.framework.name", "local");
        conf.set("hive.execution.engine", "mr"); // Tez would have to be there
        conf.set("javax.jdo.option.ConnectionURL", "jdbc:derby:memory:metastore;create=true");
        conf.set("hive.metastore.schema.verification", "false");
        conf.set("datanucleus.schema.autoCreateAll", "true");
        conf.set("hive.metastore.warehouse.dir", work.resolve("managed").toUri().toString());
        conf.set(
                "hive.metastore.warehouse.external.dir", work.resolve("tables").toUri().toString());
        conf.set("hive.exec.scratchdir", work.resolve("scratch").toString());
        conf.set("hive.exec.local.scratchdir", work.resolve("local").toString());
        conf.set("hive.in.test", "true"); // a warehouse whose permissions are as they come
        conf.set("hive.support.concurrency", "false");
        conf.set("hive.security.authorization.enabled", "false");
        conf.set("hive.stats.autogather", "false");
        conf.set("hive.fetch.task.conversion", "more");
        conf.set("hive.fetch.task.conversion.threshold", "-1");
        conf.set("hive.vectorized.execution.enabled", String.valueOf(vectorized));
        SessionState.start(conf);
        this.driver = new Driver(conf);
    }

    void run(String statement) throws Exception {
        driver.run(statement);
    }

    /** The rows of a query, columns with tabs between them. */
    List<String> rows(String query) throws Exception {
        driver.run(query);
        List<String> all = new ArrayList<>();
        List<String> some = new ArrayList<>();
        while (driver.getResults(some)) {
            all.addAll(some);
            some.clear();
        }
        return all;
    }
}
