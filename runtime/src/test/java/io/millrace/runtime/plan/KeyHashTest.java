package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.tuple.Tuple3;
import io.millrace.api.type.Either;
import io.millrace.api.type.Row;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The expected numbers are computed by hand: files of state depend on them. */
class KeyHashTest {
    private static final int MONDAY = "MONDAY".hashCode();

    record OfEnum(String name, DayOfWeek day) {}

    record Settled(String name, int number, LocalDate date, double share) {}

    record WithOwnHash(DayOfWeek day) {
        @Override
        public int hashCode() {
            return 77;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithOwnHash that && day == that.day;
        }
    }

    static final class Plain {}

    enum WithBody {
        ONE {
            @Override
            public String toString() {
                return "one";
            }
        }
    }

    @Test
    void hashesEnumsByNameWhereverTheyAre() {
        assertThat(KeyGroups.hash(DayOfWeek.MONDAY)).isEqualTo(MONDAY);
        assertThat(KeyGroups.hash(WithBody.ONE)).isEqualTo("ONE".hashCode());
        assertThat(KeyGroups.hash(Tuple2.of(DayOfWeek.MONDAY, 3))).isEqualTo(31 * MONDAY + 3);
        assertThat(KeyGroups.hash(new OfEnum("a", DayOfWeek.MONDAY)))
                .isEqualTo(31 * "a".hashCode() + MONDAY);
        assertThat(KeyGroups.hash(List.of(DayOfWeek.MONDAY))).isEqualTo(31 + MONDAY);
        assertThat(KeyGroups.hash(Set.of(DayOfWeek.MONDAY, 1))).isEqualTo(MONDAY + 1);
        assertThat(KeyGroups.hash(Map.of(DayOfWeek.MONDAY, 1))).isEqualTo(MONDAY ^ 1);
        assertThat(KeyGroups.hash(Optional.of(DayOfWeek.MONDAY))).isEqualTo(MONDAY);
        assertThat(KeyGroups.hash(Either.Left(DayOfWeek.MONDAY))).isEqualTo(MONDAY);
        assertThat(KeyGroups.hash(Row.of(DayOfWeek.MONDAY, null))).isEqualTo(31 * (31 + MONDAY));
        assertThat(KeyGroups.hash(Tuple2.of(new OfEnum(null, DayOfWeek.MONDAY), null)))
                .isEqualTo(31 * MONDAY);
    }

    @Test
    void isHashCodeWhereThatIsTheSameInEveryProcess() {
        Settled settled = new Settled("a", 1, LocalDate.of(2026, 1, 2), 0.5);
        for (Object key :
                List.of(
                        settled,
                        Tuple3.of("a", 1L, settled),
                        List.of("a", 2, List.of(3)),
                        Optional.of('c'),
                        new ArrayList<>(List.of(true)))) {
            assertThat(KeyGroups.hash(key)).as("%s", key).isEqualTo(key.hashCode());
        }
    }

    @Test
    void recordsAreHashedAlikeWhetherTheirTypesAreSettledOrNot() {
        record Open(Object a, int b) {}
        record Closed(String a, int b) {}
        assertThat(KeyGroups.hash(new Open("x", 2))).isEqualTo(KeyGroups.hash(new Closed("x", 2)));
    }

    @Test
    void leavesAHashToTheRecordThatWritesItsOwn() {
        assertThat(KeyGroups.hash(new WithOwnHash(DayOfWeek.MONDAY))).isEqualTo(77);
    }

    @Test
    void refusesWhatHasNoHashOfItsContents() {
        for (Object key :
                List.of(
                        new int[1],
                        Tuple2.of(1, new String[0]),
                        List.of(new byte[0]),
                        new Plain(),
                        Tuple2.of(1, new Plain()),
                        Optional.of(new Plain()))) {
            assertThatThrownBy(() -> KeyGroups.hash(key))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageStartingWith("USER_CODE_FAILED: the key, or a part of it,");
        }
    }
}
