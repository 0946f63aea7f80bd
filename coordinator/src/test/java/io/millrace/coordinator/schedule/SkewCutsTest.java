package io.millrace.coordinator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.plan.RangeCut;
import io.millrace.runtime.plan.Shares;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkewCutsTest {
    private static final SkewCuts.Limits LIMITS = new SkewCuts.Limits(4, 100, 10);

    /** Eight writers that have made the same of each range. */
    private static SkewCuts.Decision cut(
            List<Integer> cuttable, int max, long[] first, long[] second) {
        long[][] byInput = {first, second};
        long[] total = new long[first.length];
        for (int i = 0; i < total.length; i++) {
            total[i] = first[i] + second[i];
        }
        return SkewCuts.of(
                new SkewCuts.Bytes(
                        byInput,
                        (input, range) -> {
                            long[] writers = new long[8];
                            java.util.Arrays.fill(writers, byInput[input][range] / 8);
                            return writers;
                        }),
                cuttable,
                total,
                LIMITS,
                1,
                max);
    }

    private static long[] bytes(long... bytes) {
        return bytes;
    }

    @Test
    void aRangeThatIsFarTooLargeIsSharedBySeveralAndOthersAsEver() {
        SkewCuts.Decision decision =
                cut(List.of(0), 100, bytes(4, 4, 800, 4, 4), bytes(1, 1, 8, 1, 1));
        assertThat(decision.cuts())
                .containsExactly(new RangeCut(2, 0, List.of(1, 2, 3, 4, 5, 6, 7, 8)));
        assertThat(decision.ends()).containsExactly(2, 3, 3, 3, 3, 3, 3, 3, 3, 5);
    }

    @Test
    void whatIsReadAgainAndAgainBoundsTheParts() {
        SkewCuts.Decision decision =
                cut(List.of(0), 100, bytes(4, 4, 800, 4, 4), bytes(1, 1, 800, 1, 1));
        assertThat(decision.cuts())
                .as("parts of 200 bytes, each with 800 of the other input")
                .containsExactly(new RangeCut(2, 0, List.of(2, 4, 6, 8)));
    }

    @Test
    void theLargerOfTwoSkewedInputsIsCut() {
        assertThat(cut(List.of(0, 1), 100, bytes(1, 160, 1), bytes(1, 800, 1)).cuts())
                .extracting(RangeCut::input)
                .containsExactly(1);
        assertThat(cut(List.of(0), 100, bytes(1, 160, 1), bytes(1, 800, 1)))
                .as("parts would not be smaller than a quarter of 800")
                .isNull();
    }

    @Test
    void whatIsEvenOrSmallOrMayNotBeCutIsNot() {
        assertThat(cut(List.of(0), 100, bytes(800, 800, 800), bytes(1, 1, 1))).isNull();
        assertThat(cut(List.of(0), 100, bytes(1, 99, 1), bytes(1, 1, 1))).isNull();
        assertThat(cut(List.of(), 100, bytes(1, 800, 1), bytes(1, 1, 1))).isNull();
        assertThat(cut(List.of(1), 100, bytes(1, 800, 1), bytes(1, 1, 1))).isNull();
    }

    @Test
    void fewSubtasksHaveLargerParts() {
        SkewCuts.Decision decision =
                cut(List.of(0), 4, bytes(4, 4, 800, 4, 4), bytes(1, 1, 8, 1, 1));
        assertThat(decision.ends()).hasSizeLessThanOrEqualTo(4);
        assertThat(decision.cuts()).hasSize(1);
        assertThat(cut(List.of(0), 3, bytes(4, 4, 800, 4, 4), bytes(1, 1, 8, 1, 1)))
                .as("two for what is beside it leave one")
                .isNull();
    }

    @Test
    void whatOneWriterHasMadeStaysWhole() {
        long[][] byInput = {{1, 800, 1}};
        SkewCuts.Decision decision =
                SkewCuts.of(
                        new SkewCuts.Bytes(byInput, (input, range) -> new long[] {0, 800, 0}),
                        List.of(0),
                        byInput[0],
                        LIMITS,
                        1,
                        100);
        assertThat(decision).isNull();
    }

    @Test
    void whateverTheBytesEachDecisionIsValidAndWithinTheLimits() {
        Random random = new Random(3);
        int cut = 0;
        for (int i = 0; i < 5_000; i++) {
            int ranges = 1 + random.nextInt(30);
            int writers = 1 + random.nextInt(12);
            long[][][] made = new long[2][ranges][writers];
            long[][] byInput = new long[2][ranges];
            long[] total = new long[ranges];
            for (int input = 0; input < 2; input++) {
                for (int range = 0; range < ranges; range++) {
                    int most = random.nextInt(8) == 0 ? 1_000 : 10;
                    for (int writer = 0; writer < writers; writer++) {
                        made[input][range][writer] = random.nextInt(most);
                        byInput[input][range] += made[input][range][writer];
                    }
                    total[range] += byInput[input][range];
                }
            }
            int max = 1 + random.nextInt(ranges);
            SkewCuts.Decision decision =
                    SkewCuts.of(
                            new SkewCuts.Bytes(byInput, (input, range) -> made[input][range]),
                            List.of(0, 1),
                            total,
                            LIMITS,
                            1,
                            max);
            if (decision != null) {
                cut++;
                assertThat(decision.ends()).hasSizeBetween(2, max);
                assertThat(decision.cuts())
                        .isNotEmpty()
                        .allSatisfy(
                                each ->
                                        assertThat(each.ends().get(each.ends().size() - 1))
                                                .isEqualTo(writers));
                new Shares(ranges, decision.ends(), List.of(0, 1), decision.cuts());
            }
        }
        assertThat(cut).isGreaterThan(500);
    }
}
