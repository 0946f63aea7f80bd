package io.millrace.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.rocks.MemoryGovernor.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemoryGovernorTest {
    private long resident = 500;
    private final List<Level> effects = new ArrayList<>();
    private final MemoryWatch watch =
            new MemoryWatch(() -> OptionalLong.of(resident), 1000, effects::add);

    private Level look(long residentNow) {
        resident = residentNow;
        watch.turn();
        return watch.level();
    }

    @Test
    void doesNothingWhileThereIsRoom() {
        assertThat(look(500)).isEqualTo(Level.FREE);
        assertThat(look(919)).isEqualTo(Level.FREE);
        assertThat(effects).isEmpty();
    }

    @Test
    void shrinksCachesBeforeItSlowsTasks() {
        assertThat(List.of(look(930), look(930), look(930), look(930), look(930)))
                .containsExactly(
                        Level.SHED_HALF, Level.SHED_MOST, Level.SLOW, Level.SLOWER, Level.SLOWER);
        assertThat(Level.SHED_MOST.pauseNanos()).isZero();
        assertThat(Level.SHED_HALF.objects()).isLessThan(1.0);
        assertThat(Level.SLOWER.pauseNanos()).isGreaterThan(Level.SLOW.pauseNanos());
    }

    @Test
    void keepsItsLevelBetweenTheThresholds() {
        look(930);

        assertThat(look(900)).isEqualTo(Level.SHED_HALF);
        assertThat(look(850)).isEqualTo(Level.SHED_HALF);
        assertThat(look(849)).isEqualTo(Level.FREE);
    }

    @Test
    void slowsAtOnceWhenTheLimitIsNear() {
        assertThat(look(970)).isEqualTo(Level.SLOW);
        assertThat(look(990)).isEqualTo(Level.SLOWER);
        assertThat(look(400)).isEqualTo(Level.SLOW);
    }

    @Test
    void writesBuffersOutAtEveryLookUnderPressure() {
        look(930);
        effects.clear();

        look(900);
        look(900);

        assertThat(effects).containsExactly(Level.SHED_HALF, Level.SHED_HALF);
    }

    @Test
    void doesNothingWhereMemoryCannotBeRead() {
        MemoryWatch blind = new MemoryWatch(OptionalLong::empty, 1000, effects::add);

        assertThat(blind.turn()).isZero();
        assertThat(effects).isEmpty();
    }
}
