package io.millrace.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.stream.RuntimeExecutionMode;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final ConfigOption<Integer> COUNT =
            ConfigOptions.key("count").intType().defaultValue(3).withDeprecatedKeys("number");

    @Test
    void givesTheDefaultUntilTheOptionIsSetUnderAnyOfItsKeys() {
        Configuration configuration = new Configuration();
        assertThat(configuration.get(COUNT)).isEqualTo(3);
        assertThat(configuration.getOptional(COUNT)).isEmpty();
        assertThat(configuration.get(COUNT, 9)).isEqualTo(9);
        configuration.setString("number", "4");
        assertThat(configuration.get(COUNT)).isEqualTo(4);
        configuration.set(COUNT, 5);
        assertThat(configuration.get(COUNT)).isEqualTo(5);
        assertThat(configuration.removeConfig(COUNT)).isTrue();
        assertThat(configuration.contains(COUNT)).isFalse();
    }

    @Test
    void readsListsMapsAndDurations() {
        ConfigOption<List<String>> names =
                ConfigOptions.key("names").stringType().asList().noDefaultValue();
        ConfigOption<Map<String, String>> map = ConfigOptions.key("map").mapType().noDefaultValue();
        ConfigOption<Duration> time =
                ConfigOptions.key("time").durationType().defaultValue(Duration.ZERO);
        Configuration configuration = new Configuration();
        configuration.set(names, List.of("a", "b;c", "it's", ""));
        configuration.set(map, Map.of("k:1", "v,2", "plain", "text"));
        configuration.setString("time", "2 min");
        assertThat(configuration.get(names)).containsExactly("a", "b;c", "it's", "");
        assertThat(configuration.get(map)).isEqualTo(Map.of("k:1", "v,2", "plain", "text"));
        assertThat(configuration.get(time)).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void becomesTheConfigOfTheEngineAndBack() {
        Configuration configuration = new Configuration();
        configuration.setInteger("parallelism.default", 7);
        assertThat(configuration.toConfig().get(ProgramOptions.PARALLELISM)).isEqualTo(7);
        assertThat(Configuration.of(configuration.toConfig())).isEqualTo(configuration);
    }

    @Test
    void namesKeyAndValueThatDoNotFit() {
        Configuration configuration = new Configuration();
        configuration.setString("count", "many");
        assertThatThrownBy(() -> configuration.get(COUNT))
                .hasMessageContaining("INVALID_OPTION")
                .hasMessageContaining("'count' is 'many'");
    }

    @Test
    void printsNoValues() {
        Configuration configuration = new Configuration();
        configuration.setString("password", "geheim");
        assertThat(configuration.toString()).contains("password").doesNotContain("geheim");
    }

    @Test
    void keepsBytesClassesEnumsAndSizes() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setBytes("bytes", new byte[] {1, -1});
        configuration.setClass("class", List.class);
        ConfigOption<String> mode = ConfigOptions.key("mode").stringType().noDefaultValue();
        ConfigOption<MemorySize> size = ConfigOptions.key("size").memoryType().noDefaultValue();
        configuration.set(size, MemorySize.parse("64 kb"));
        configuration.setString("mode", "batch");
        assertThat(configuration.getBytes("bytes", null)).containsExactly(1, -1);
        assertThat(configuration.getBytes("none", null)).isNull();
        assertThat(configuration.<Object>getClass("class", null, getClass().getClassLoader()))
                .isEqualTo(List.class);
        assertThat(configuration.getEnum(RuntimeExecutionMode.class, mode))
                .isEqualTo(RuntimeExecutionMode.BATCH);
        assertThat(configuration.get(size).getKibiBytes()).isEqualTo(64);
        configuration.setString("mode", "quick");
        assertThatThrownBy(() -> configuration.getEnum(RuntimeExecutionMode.class, mode))
                .hasMessageContaining("'quick'");
    }

    @Test
    void setsWhatTheEngineReadsUnderTheNamesOfPrograms() {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        assertThat(configuration.toMap())
                .containsEntry("execution.runtime-mode", "BATCH")
                .containsEntry("restart.strategy", "fixed-delay")
                .containsEntry("restart.attempts", "3");
        assertThat(configuration.get(ProgramOptions.RUNTIME_MODE))
                .isEqualTo(RuntimeExecutionMode.BATCH);
    }

    @Test
    void tellsOlderNamesOfAKeyFromOthersThatStandInForIt() {
        ConfigOption<Integer> option = COUNT.withFallbackKeys("numbers");

        assertThat(option.fallbackKeys())
                .extracting(key -> key.getKey() + " " + key.isDeprecated())
                .containsExactly("number true", "numbers false");
        assertThat(option.hasFallbackKeys()).isTrue();
    }

    @Test
    @SuppressWarnings("deprecation") // what older programs declare
    void takesTheTypeOfTheDefaultWhereNoneIsSaid() {
        Configuration configuration =
                Configuration.fromMap(Map.of("pause", "2 s", "mode", "batch"));

        assertThat(
                        configuration.get(
                                ConfigOptions.key("pause").defaultValue(Duration.ofSeconds(1))))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(
                        configuration.get(
                                ConfigOptions.key("mode")
                                        .defaultValue(RuntimeExecutionMode.STREAMING)))
                .isEqualTo(RuntimeExecutionMode.BATCH);
        assertThat(configuration.get(ConfigOptions.key("rate").defaultValue(0.5))).isEqualTo(0.5);
        assertThat(COUNT.hasDeprecatedKeys()).isTrue();
        assertThat(COUNT.deprecatedKeys()).containsExactly("number");
    }

    @Test
    @SuppressWarnings("deprecation") // what older programs declare
    void refusesADefaultOfATypeThatNoOptionHas() {
        assertThatThrownBy(() -> ConfigOptions.key("where").defaultValue(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'where'")
                .hasMessageContaining("stringType()");
    }

    @Test
    void isTheSameAfterItWasWrittenAndRead() throws Exception {
        Configuration written = Configuration.fromMap(Map.of("a", "1", "b", ""));
        DataOutputSerializer out = new DataOutputSerializer(64);
        written.write(out);
        Configuration read = Configuration.fromMap(Map.of("c", "before"));

        read.read(new DataInputDeserializer(out.getCopyOfBuffer()));

        assertThat(read).isEqualTo(written);
    }

    @Test
    void staysAsItIsWhereReadingBreaksOff() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        Configuration.fromMap(Map.of("a", "1")).write(out);
        byte[] torn = Arrays.copyOf(out.getCopyOfBuffer(), out.length() - 1);
        Configuration read = Configuration.fromMap(Map.of("c", "before"));

        assertThatThrownBy(() -> read.read(new DataInputDeserializer(torn)))
                .isInstanceOf(IOException.class);
        assertThat(read.toMap()).containsOnlyKeys("c");
    }

    @Test
    void calculatesWithSizes() {
        MemorySize size = MemorySize.parse("1 mb");
        assertThat(size.add(size).divide(4)).isEqualTo(MemorySize.parse("512 kb"));
        assertThat(size.multiply(1.5).subtract(size)).isEqualTo(MemorySize.parse("512 kb"));
        assertThat(size.toHumanReadableString()).isEqualTo("1.000mb (1048576 bytes)");
        assertThat(MemorySize.parse("3", MemorySize.MemoryUnit.GIGA_BYTES).getGibiBytes())
                .isEqualTo(3);
        assertThat(MemorySize.parse("3 kb", MemorySize.MemoryUnit.GIGA_BYTES).getKibiBytes())
                .isEqualTo(3);
        assertThat(MemorySize.MemoryUnit.hasUnit("3 kb")).isTrue();
        assertThatThrownBy(() -> MemorySize.ZERO.subtract(size)).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> size.divide(0)).hasMessageContaining("more than 0");
    }
}
