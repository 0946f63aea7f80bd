package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import java.time.DayOfWeek;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {
    @Test
    void neverChangesWhereAKeyBelongs() {
        assertThat(KeyGroups.murmur(0)).isZero();
        assertThat(KeyGroups.murmur(1)).isEqualTo(0x514e28b7);
        assertThat(KeyGroups.group(KeyGroups.hash("millrace"), 128))
                .isEqualTo((KeyGroups.murmur("millrace".hashCode()) & Integer.MAX_VALUE) % 128);
    }

    @Test
    void groupsAreTheRemainderWhateverTheirNumber() {
        for (int hash = -100_000; hash < 100_000; hash += 7) {
            for (int groups : new int[] {1, 2, 100, 128, 32_768}) {
                assertThat(KeyGroups.group(hash, groups))
                        .isEqualTo((KeyGroups.murmur(hash) & Integer.MAX_VALUE) % groups);
            }
        }
    }

    @Test
    void hashesEnumsByName() {
        assertThat(KeyGroups.hash(DayOfWeek.MONDAY)).isEqualTo("MONDAY".hashCode());
    }

    @Test
    void givesEveryGroupToOneSubtaskInOrder() {
        int before = 0;
        int[] owned = new int[3];
        for (int group = 0; group < 128; group++) {
            int subtask = KeyGroups.subtask(group, 3, 128);
            assertThat(subtask).isBetween(before, 2);
            before = subtask;
            owned[subtask]++;
        }
        assertThat(owned).containsExactly(43, 43, 42);
    }

    @Test
    void refusesNullAndArrays() {
        assertThatThrownBy(() -> KeyGroups.hash(null))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("returned null");
        assertThatThrownBy(() -> KeyGroups.hash(new int[1])).hasMessageContaining("int[]");
    }
}
