package io.millrace.client.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void makesColumnsAsWideAsTheirWidestCell() {
        assertThat(
                        new Table("NAME", ">COUNT", "X")
                                .row("a", 1, "")
                                .row("bcdefg", 12345678, "y")
                                .lines())
                .containsExactly("NAME       COUNT  X", "a              1", "bcdefg  12345678  y");
    }

    @Test
    void writesQuantitiesAsPeopleReadThem() {
        assertThat(Numbers.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Numbers.duration(9_349)).isEqualTo("9.3 s");
        assertThat(Numbers.duration(125_000)).isEqualTo("2 min 05 s");
        assertThat(Numbers.duration(11_220_000)).isEqualTo("3 h 07 min");
        assertThat(Numbers.time(0)).isEqualTo("-");
    }
}
