package io.millrace.connector.kafka.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class or method the {@link KafkaBroker} that all classes of a run share: started for
 * the first that asks, stopped after the last test. Nobody may stop it; topics are kept apart by
 * their names.
 */
public final class SharedKafka implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedKafka.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == KafkaBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Stored.class, key -> Stored.start(), Stored.class)
                .broker;
    }

    /** The broker and its directory, which goes with it. */
    private record Stored(KafkaBroker broker, Path directory) implements AutoCloseable {
        static Stored start() {
            try {
                Path directory = Files.createTempDirectory("kafka");
                return new Stored(KafkaBroker.startIn(directory), directory);
            } catch (IOException e) {
                throw new IllegalStateException("no broker: " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            broker.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
