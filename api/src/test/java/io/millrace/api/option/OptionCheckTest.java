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
    private static final Option<Integer> IDLE =
            Option.integer("job.retries")
                    .withoutEffect("restart strategies decide.")
                    .formerly("job.retry")
                    .defaultTo(3);

    private final OptionCheck check =
            OptionCheck.of(
                    List.of(
                            new OptionCatalogue() {
                                @Override
                                public List<Option<?>> options() {
                                    return List.of(
                                            Option.integer("worker.slots").between(1, 8),
                                            QUEUE,
                                            IDLE);
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
    void saysWhatIsSetInVainByTheKeyThatWasUsed() {
        assertThat(IDLE.description()).isEqualTo("No effect: restart strategies decide.");
        assertThat(check.idle(Config.of(Map.of("job.retry", "2", "worker.slots", "2"))))
                .isEqualTo(Map.of("job.retry", IDLE));
    }

    @Test
    void checksTheValueOfAnOptionThatHasNoEffect() {
        assertThatThrownBy(() -> check.check(Config.of(Map.of("job.retries", "many"))))
                .hasMessageStartingWith("INVALID_OPTION")
                .hasMessageContaining("'many'");
    }

    @Test
    void findsTheCataloguesOfAllModules() {
        assertThat(OptionCheck.ofEngine(getClass().getClassLoader()).known())
                .containsKey(ProgramOptions.PARALLELISM.key());
    }
}
