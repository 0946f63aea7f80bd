package io.millrace.api.window.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistancesTest {
    @Test
    void measuresPoints() {
        assertThat(
                        new EuclideanDistance<double[]>()
                                .getDelta(new double[] {0, 0}, new double[] {3, 4}))
                .isEqualTo(5);
    }

    @Test
    void measuresAngles() {
        CosineDistance<double[]> distance = new CosineDistance<>();

        assertThat(distance.getDelta(new double[] {1, 0}, new double[] {0, 2})).isEqualTo(1);
        assertThat(distance.getDelta(new double[] {1, 1}, new double[] {2, 2}))
                .isCloseTo(0, within(1e-9));
        assertThat(distance.getDelta(new double[] {0, 0}, new double[] {2, 2})).isZero();
    }

    @Test
    void comparesWhatItTakesOutOfRecords() {
        EuclideanDistance<String> lengths =
                new EuclideanDistance<>(word -> new double[] {word.length()});

        assertThat(lengths.getDelta("ab", "abcde")).isEqualTo(3);
    }
}
