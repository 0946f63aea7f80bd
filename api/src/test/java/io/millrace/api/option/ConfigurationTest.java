package io.millrace.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
        assertThat(configuration.toConfig().get(PipelineOptions.PARALLELISM)).isEqualTo(7);
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
}
