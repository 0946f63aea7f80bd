package io.millrace.connector.kafka.sweep;

import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.host.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The command: arguments as those of {@link Sweep}. Its broker runs in its own process. */
final class KafkaSweep {
    private KafkaSweep() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("kafka-sweep-");
        boolean good;
        try (KafkaBroker broker = KafkaBroker.startIn(directory.resolve("broker"))) {
            good = Sweep.run(new KafkaSequences(broker), args);
        }
        delete(directory);
        System.exit(good ? 0 : 1);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
