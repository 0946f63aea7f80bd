package io.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.option.ConfigOption;
import io.millrace.connector.kafka.sink.KafkaRecordSerializationSchemaBuilder;
import io.millrace.connector.kafka.sink.KafkaSinkBuilder;
import io.millrace.connector.kafka.source.KafkaSourceBuilder;
import io.millrace.connector.kafka.source.KafkaSourceOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be set is on the page of the connector. */
class KafkaPageTest {
    private static String page() throws IOException {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/connectors/kafka.md"))) {
            directory = directory.getParent();
        }
        return Files.readString(directory.resolve("docs/connectors/kafka.md"));
    }

    @Test
    void hasEveryOptionOfTheSourceWithItsDefault() throws Exception {
        String page = page();
        int options = 0;
        for (Field field : KafkaSourceOptions.class.getFields()) {
            if (field.get(null) instanceof ConfigOption<?> option) {
                options++;
                String row = "| `" + option.key() + "` | ";
                assertThat(page)
                        .contains(option.hasDefaultValue() ? row + option.defaultValue() : row);
            }
        }
        assertThat(options).isPositive();
    }

    @Test
    void hasEverySettingOfTheBuilders() throws Exception {
        String page = page();
        for (Class<?> builder :
                List.of(
                        KafkaSourceBuilder.class,
                        KafkaSinkBuilder.class,
                        KafkaRecordSerializationSchemaBuilder.class)) {
            for (Method method : builder.getDeclaredMethods()) {
                boolean sets = method.getName().startsWith("set");
                if (sets && Modifier.isPublic(method.getModifiers())) {
                    assertThat(page).as(builder.getSimpleName()).contains(method.getName());
                }
            }
        }
    }
}
