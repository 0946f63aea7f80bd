package io.millrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.graph.Partitioning.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelPlanTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void bothSidesAgreeOnEveryChannel(Kind kind) {
        for (int producers = 1; producers <= 7; producers++) {
            for (int consumers = 1; consumers <= 7; consumers++) {
                if (kind == Kind.FORWARD && producers != consumers) {
                    continue;
                }
                for (int producer = 0; producer < producers; producer++) {
                    for (int consumer = 0; consumer < consumers; consumer++) {
                        boolean writes =
                                contains(
                                        ChannelPlan.consumersOf(
                                                kind, producer, producers, consumers),
                                        consumer);
                        boolean reads =
                                contains(
                                        ChannelPlan.producersOf(
                                                kind, consumer, producers, consumers),
                                        producer);
                        assertThat(writes).isEqualTo(reads);
                    }
                }
            }
        }
    }

    @Test
    void rescaleLeavesNobodyOutAndKeepsGroupsEven() {
        assertThat(ChannelPlan.consumersOf(Kind.RESCALE, 0, 2, 4)).containsExactly(0, 1);
        assertThat(ChannelPlan.consumersOf(Kind.RESCALE, 1, 2, 4)).containsExactly(2, 3);
        assertThat(ChannelPlan.producersOf(Kind.RESCALE, 1, 4, 2)).containsExactly(2, 3);
        for (int producers = 1; producers <= 7; producers++) {
            for (int consumers = 1; consumers <= 7; consumers++) {
                for (int consumer = 0; consumer < consumers; consumer++) {
                    assertThat(
                                    ChannelPlan.producersOf(
                                            Kind.RESCALE, consumer, producers, consumers))
                            .isNotEmpty();
                }
                for (int producer = 0; producer < producers; producer++) {
                    assertThat(
                                    ChannelPlan.consumersOf(
                                            Kind.RESCALE, producer, producers, consumers))
                            .isNotEmpty();
                }
            }
        }
    }

    @Test
    void forwardNeedsEqualParallelism() {
        assertThatThrownBy(() -> ChannelPlan.consumersOf(Kind.FORWARD, 0, 2, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean contains(int[] values, int value) {
        return Arrays.stream(values).anyMatch(v -> v == value);
    }
}
