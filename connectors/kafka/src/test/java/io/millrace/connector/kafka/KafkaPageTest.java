package io.millrace.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.option.ConfigOption;
import io.millrace.connector.kafka.sink.KafkaRecordSerializationSchemaBuilder;
import io.millrace.connector.kafka.sink.KafkaSinkBuilder;
import io.millrace.connector.kafka.source.KafkaSourceBuilder;
import io.millrace.connector.kafka.source.KafkaSourceOptions;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be set is on the page of the connector. */
class KafkaPageTest {
    private static final String BEGIN = "<!-- made of KafkaSourceOptions -->\n";
    private static final String END = "<!-- end -->\n";

    /** With {@code -Dmillrace.docs=write} the page is changed, else it must be as it would be. */
    private static final boolean WRITES = "write".equals(System.getProperty("millrace.docs"));

    private static Path page() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/connectors/kafka.md"))) {
            directory = directory.getParent();
        }
        return directory.resolve("docs/connectors/kafka.md");
    }

    @Test
    void hasTheOptionsOfTheSource() throws Exception {
        StringBuilder table = new StringBuilder("| property | default | |\n|---|---|---|\n");
        for (Field field : KafkaSourceOptions.class.getFields()) {
            if (field.get(null) instanceof ConfigOption<?> option) {
                table.append("| `").append(option.key()).append("` | ");
                table.append(option.hasDefaultValue() ? option.defaultValue() : "none");
                table.append(" | ").append(option.description()).append(" |\n");
            }
        }
        String page = Files.readString(page());
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END, from);
        if (WRITES) {
            Files.writeString(page(), page.substring(0, from) + table + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("run this test with -Dmillrace.docs=write")
                    .isEqualTo(table.toString());
        }
    }

    @Test
    void hasEverySettingOfTheBuilders() throws Exception {
        String page = Files.readString(page());
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
