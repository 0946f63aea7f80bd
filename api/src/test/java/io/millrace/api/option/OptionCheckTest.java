package io.millrace.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionCheckTest {
    private static final Option<String> QUEUE =
            Option.string("yarn.queue").formerly("yarn.queue.name");

    private final OptionCheck check =
            OptionCheck.of(
                    List.of(
                            new OptionCatalogue() {
                                @Override
                                public List<Option<?>> options() {
                                    return List.of(
                                            Option.integer("worker.slots").between(1, 8), QUEUE);
                                }

                                @Override
                                public List<String> prefixes() {
                                    return List.of("hadoop.");
                                }
                            }));

    @Test
    void namesTheNearestKey() {
        assertThatThrownBy(() -> check.check(Config.of(Map.of("worker.slot", "2"))))
                .hasMessageStartingWith("UNKNOWN_OPTION: there is no option 'worker.slot'")
                .hasMessageContaining("Did you mean 'worker.slots'?");
    }

    @Test
    void guessesNothingForAKeyThatIsFarFromAll() {
        assertThatThrownBy(() -> check.check(Config.of(Map.of("some.thing.else.altogether", "2"))))
                .hasMessageStartingWith("UNKNOWN_OPTION")
                .message()
                .doesNotContain("Did you mean");
    }

    @Test
    void refusesAValueOutOfRange() {
        assertThatThrownBy(() -> check.check(Config.of(Map.of("worker.slots", "9"))))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("from 1 to 8");
    }

    @Test
    void letsKeysOfADeclaredPrefixPass() {
        assertThatCode(() -> check.check(Config.of(Map.of("hadoop.fs.defaultFS", "file:///"))))
                .doesNotThrowAnyException();
    }

    @Test
    void knowsTheFormerNamesOfAKey() {
        assertThatCode(() -> check.check(Config.of(Map.of("yarn.queue.name", "etl"))))
                .doesNotThrowAnyException();
        assertThat(Config.of(Map.of("yarn.queue.name", "etl")).find(QUEUE)).contains("etl");
        assertThat(Config.of(Map.of("yarn.queue.name", "etl", "yarn.queue", "night")).find(QUEUE))
                .contains("night");
    }

    @Test
    void findsTheCataloguesOfAllModules() {
        assertThat(OptionCheck.ofEngine(getClass().getClassLoader()).known())
                .containsKey(ProgramOptions.PARALLELISM.key());
    }
}
