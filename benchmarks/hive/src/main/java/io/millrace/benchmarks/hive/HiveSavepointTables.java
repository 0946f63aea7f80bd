package io.millrace.benchmarks.hive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Runs the statements that {@code millrace savepoint export --hive-ddl} prints in a real Hive,
 * reads every table, and holds the numbers of rows against the manifest and the sums of
 * whole-number columns against what parquet-java reads alone: that Hive reads them is what the
 * format promises. A command of its own; ends with 1 if anything differs.
 *
 * <pre>
 * mvn -Dfast -DskipTests -Pbenchmarks-hive package -pl benchmarks/hive
 * millrace savepoint export --hive-ddl DIRECTORY &gt; tables.sql
 * java --add-opens java.base/java.net=ALL-UNNAMED --add-opens java.base/java.nio=ALL-UNNAMED
 *   -cp 'benchmarks/hive/target/hive-lib/*' io.millrace.benchmarks.hive.HiveSavepointTables
 *   DIRECTORY tables.sql [false: not in batches]
 * </pre>
 */
public final class HiveSavepointTables {
    private static final Pattern NAME = Pattern.compile("TABLE `([^`]+)`");
    private static final Pattern PLACE = Pattern.compile("LOCATION '([^']+)'");
    private static final int SHOWN = 2;

    private HiveSavepointTables() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]).toAbsolutePath();
        EmbeddedHive hive =
                new EmbeddedHive(
                        Files.createTempDirectory("hive"),
                        args.length < 3 || Boolean.parseBoolean(args[2]));
        int tables = 0;
        int wrong = 0;
        for (String statement : Files.readString(Path.of(args[1])).split(";\\s*\n")) {
            Matcher name = NAME.matcher(statement);
            Matcher place = PLACE.matcher(statement);
            if (name.find() && place.find()) {
                hive.run(statement);
                String path = place.group(1).replaceFirst("^file:/+", "/");
                tables++;
                wrong += isRight(hive, directory, name.group(1), Path.of(path)) ? 0 : 1;
            }
        }
        System.out.printf("%d tables read, %d are not what was written.%n", tables, wrong);
        System.exit(tables == 0 || wrong > 0 ? 1 : 0); // Hive leaves threads behind
    }

    private static boolean isRight(EmbeddedHive hive, Path directory, String table, Path place)
            throws Exception {
        List<String> rows = hive.rows("SELECT * FROM `" + table + "`");
        rows.stream().limit(SHOWN).forEach(System.out::println);
        List<Path> files;
        try (var all = Files.list(place)) {
            files = all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
        }
        long written = rowsOf(directory, place);
        boolean right = rows.size() == written;
        System.out.printf("%s: %d rows, %d in the manifest%n", table, rows.size(), written);
        if (files.isEmpty()) {
            return right;
        }
        for (Type column : schema(files.get(0))) {
            if (isWholeNumber(column)) {
                BigInteger hives = BigInteger.ZERO;
                for (String value :
                        hive.rows("SELECT `" + column.getName() + "` FROM `" + table + "`")) {
                    if (!"NULL".equals(value)) {
                        hives = hives.add(new BigInteger(value));
                    }
                }
                BigInteger ours = sum(files, column.getName());
                System.out.printf("  %s: sum %s, %s alone%n", column.getName(), hives, ours);
                right &= hives.equals(ours);
            }
        }
        return right;
    }

    private static boolean isWholeNumber(Type column) {
        return column.isPrimitive()
                && column.getLogicalTypeAnnotation() == null
                && (column.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32
                        || column.asPrimitiveType().getPrimitiveTypeName()
                                == PrimitiveTypeName.INT64);
    }

    private static List<Type> schema(Path file) throws Exception {
        try (ParquetReader<Group> reader = reader(file)) {
            Group first = reader.read();
            return first == null ? List.of() : first.getType().getFields();
        }
    }

    private static BigInteger sum(List<Path> files, String column) throws Exception {
        BigInteger sum = BigInteger.ZERO;
        for (Path file : files) {
            try (ParquetReader<Group> reader = reader(file)) {
                for (Group row = reader.read(); row != null; row = reader.read()) {
                    if (row.getFieldRepetitionCount(column) > 0) {
                        int index = row.getType().getFieldIndex(column);
                        sum = sum.add(new BigInteger(row.getValueToString(index, 0)));
                    }
                }
            }
        }
        return sum;
    }

    private static ParquetReader<Group> reader(Path file) throws Exception {
        return ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(new Configuration(false))
                .build();
    }

    /** Of the tables that have their files there. */
    private static long rowsOf(Path directory, Path place) throws Exception {
        JsonNode manifest =
                new ObjectMapper().readTree(directory.resolve("_manifest.json").toFile());
        long rows = 0;
        List<JsonNode> tables =
                manifest.findValues("tables").stream()
                        .flatMap(HiveSavepointTables::stream)
                        .toList();
        for (JsonNode table : tables) {
            boolean isThere =
                    stream(table.path("files"))
                            .map(file -> directory.resolve(file.path("path").asText()).getParent())
                            .anyMatch(place::equals);
            rows += isThere ? table.path("rows").asLong() : 0;
        }
        return rows;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
