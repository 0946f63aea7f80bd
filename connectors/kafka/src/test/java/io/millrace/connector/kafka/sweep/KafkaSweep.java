package io.millrace.connector.kafka.sweep;

import io.millrace.connector.kafka.testing.KafkaBroker;
import io.millrace.connector.kafka.testing.KafkaProcess;
import io.millrace.connector.kafka.testing.KafkaServer;
import io.millrace.host.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command: arguments as those of {@link Sweep}, and {@code [--topic] [--broker JARS]}: the job
 * reads a topic; a broker of another release, whose jars are in that directory, below the checkout.
 * Without it the broker runs in this process.
 */
final class KafkaSweep {
    private KafkaSweep() {}

    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        int jars = arguments.indexOf("--broker") + 1;
        Path directory = Files.createTempDirectory("kafka-sweep-");
        Path ofBroker = directory.resolve("broker");
        boolean good;
        try (KafkaServer broker =
                jars == 0
                        ? KafkaBroker.startIn(ofBroker)
                        : KafkaProcess.startIn(checkout().resolve(args[jars]), ofBroker)) {
            KafkaSequences sequences =
                    arguments.contains("--topic")
                            ? KafkaSequences.ofTopic(broker)
                            : KafkaSequences.ofNumbers(broker);
            good = Sweep.run(sequences, args);
        }
        delete(directory);
        System.exit(good ? 0 : 1);
    }

    /** Maven starts the command in the module; the caller means the checkout. */
    private static Path checkout() {
        return Path.of(System.getProperty("millrace.checkout", ""));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
