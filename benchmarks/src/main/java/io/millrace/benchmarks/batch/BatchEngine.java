package io.millrace.benchmarks.batch;

import io.millrace.benchmarks.Setup;
import java.util.ArrayList;
import java.util.List;

/** Who runs the jobs, and by which command. */
enum BatchEngine {
    MILLRACE("Millrace") {
        @Override
        List<String> command(Setup setup, BatchContest contest, int memoryMb) {
            return millrace(setup, "io.millrace.benchmarks.millrace.MillraceBatch", memoryMb);
        }
    },
    FLINK("Flink") {
        @Override
        List<String> command(Setup setup, BatchContest contest, int memoryMb) {
            List<String> command = new ArrayList<>();
            // What is left of the memory is managed: see FlinkBatch.
            command.add("-Xmx" + (memoryMb - managedMb(memoryMb)) + "m");
            command.addAll(Setup.flinkOptions());
            command.addAll(
                    List.of(
                            "-cp",
                            setup.flinkClassPath(
                                    contest == BatchContest.PARQUET
                                                    || contest == BatchContest.JSON_TO_PARQUET
                                                    || contest == BatchContest.JSON_ON_HDFS
                                            ? List.of(setup.flinkParquetLib())
                                            : List.of()),
                            "io.millrace.benchmarks.flink.FlinkBatch"));
            return command;
        }
    },
    SPARK("Spark") {
        @Override
        List<String> command(Setup setup, BatchContest contest, int memoryMb) {
            List<String> command = new ArrayList<>();
            command.add("-Xmx" + memoryMb + "m");
            // As Spark's own scripts open them on this JDK.
            for (String opened :
                    List.of(
                            "java.lang",
                            "java.lang.invoke",
                            "java.lang.reflect",
                            "java.io",
                            "java.net",
                            "java.nio",
                            "java.util",
                            "java.util.concurrent",
                            "java.util.concurrent.atomic",
                            "jdk.internal.ref",
                            "sun.nio.ch",
                            "sun.nio.cs",
                            "sun.security.action",
                            "sun.util.calendar")) {
                command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
            }
            command.add("-Djdk.reflect.useDirectMethodHandle=false");
            command.add(Setup.LOGGING);
            command.addAll(
                    List.of(
                            "-cp",
                            setup.jar() + ":" + setup.sparkLib() + "/*",
                            "io.millrace.benchmarks.spark.SparkBatch"));
            return command;
        }
    };

    private final String label;

    BatchEngine(String label) {
        this.label = label;
    }

    /** Arguments for the JVM, up to and including the main class. */
    abstract List<String> command(Setup setup, BatchContest contest, int memoryMb);

    String label() {
        return label;
    }

    /** The command of a program of ours. */
    static List<String> millrace(Setup setup, String program, int memoryMb) {
        List<String> command = new ArrayList<>(List.of("-Xmx" + memoryMb + "m"));
        command.addAll(Setup.millraceOptions());
        command.addAll(
                List.of(
                        "-cp",
                        setup.millraceClassPath()
                                + ":"
                                + setup.filesPlugin()
                                + "/*:"
                                + setup.millraceParquetLib()
                                + "/*",
                        program));
        return command;
    }

    /** Flink's managed memory, two fifths as its default is. */
    static int managedMb(int memoryMb) {
        return memoryMb * 2 / 5;
    }
}
