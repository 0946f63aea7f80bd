package io.millrace.benchmarks.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Reads every table of a savepoint with Spark SQL and holds the numbers of rows against the
 * manifest: that others read them is what the format promises. A command of its own; ends with 1 if
 * a number differs.
 *
 * <pre>
 * mvn -Dfast -DskipTests -Pbenchmarks,benchmarks-spark package -pl benchmarks/spark -am
 * java --add-opens java.base/java.nio=ALL-UNNAMED --add-opens java.base/sun.nio.ch=ALL-UNNAMED …
 *   -cp 'benchmarks/spark/target/spark-lib/*' io.millrace.benchmarks.spark.SavepointTables DIRECTORY
 * </pre>
 *
 * <p>The packages to open are those that Spark asks for.
 */
public final class SavepointTables {
    private static final int SHOWN = 3;

    private SavepointTables() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]).toAbsolutePath();
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("_manifest.json").toFile());
        SparkSession spark =
                SparkSession.builder()
                        .master("local[1]")
                        .appName("savepoint")
                        .config("spark.ui.enabled", false)
                        .getOrCreate();
        int wrong = 0;
        for (JsonNode operator : manifest.get("operators")) {
            for (JsonNode table : operator.get("tables")) {
                wrong += table.get("files").isEmpty() || isRight(spark, directory, table) ? 0 : 1;
            }
        }
        spark.stop();
        if (wrong > 0) {
            System.err.println(wrong + " tables are not what the manifest says.");
            System.exit(1);
        }
    }

    private static boolean isRight(SparkSession spark, Path directory, JsonNode table) {
        Path file = directory.resolve(table.at("/files/0/path").asText());
        Dataset<Row> rows = spark.read().parquet(file.getParent().toString());
        rows.printSchema();
        rows.show(SHOWN, false);
        long found = rows.count();
        long written = table.get("rows").asLong();
        System.out.printf(
                "%s %s: %d rows, %d in the manifest%n",
                table.get("kind").asText(), table.get("name").asText(), found, written);
        return found == written;
    }
}
