package io.millrace.runtime.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.window.TimeWindow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic of slices against windows that are listed one by one. */
class SlicesTest {
    private final Random random = new Random(7);

    private TestWindows.Regular windows() {
        return new TestWindows.Regular(
                random.nextInt(1, 60), random.nextInt(1, 60), random.nextInt(-50, 50), true);
    }

    @Test
    void aSliceBeginsAndEndsInTheSameWindows() {
        for (int i = 0; i < 500; i++) {
            TestWindows.Regular windows = windows();
            Slices slices = new Slices(windows);
            long time = random.nextInt(-200, 200);
            List<TimeWindow> all = windows.at(time);
            if (all.isEmpty()) {
                continue;
            }
            boolean whole = !slices.overlap();
            long start = whole ? slices.windowStart(time) : slices.sliceStart(time);

            assertThat(windows.at(start)).isEqualTo(all);
            assertThat(windows.at(start + slices.slice - 1)).isEqualTo(all);
            assertThat(slices.lastEnd(start, whole)).isEqualTo(all.get(0).getEnd());
            assertThat(slices.firstEnd(start, whole)).isEqualTo(all.get(all.size() - 1).getEnd());
        }
    }

    @Test
    void theNextEndIsThatOfTheFirstWindowWithSomethingInIt() {
        for (int i = 0; i < 500; i++) {
            TestWindows.Regular windows = windows();
            Slices slices = new Slices(windows);
            boolean whole = !slices.overlap();
            SliceRow row = new SliceRow(whole);
            long after = random.nextInt(-100, 100);
            long expected = WindowTimes.NEVER;
            for (int n = 0; n < 4; n++) {
                long time = random.nextInt(-100, 100);
                for (TimeWindow window : windows.at(time)) {
                    long start = whole ? window.getStart() : slices.sliceStart(time);
                    int at = row.find(start);
                    if (at < 0) {
                        row.insert(~at, start, "value");
                    }
                    if (window.getEnd() > after) {
                        expected = Math.min(expected, window.getEnd());
                    }
                }
            }

            assertThat(slices.nextEnd(row, after)).isEqualTo(expected);
        }
    }

    @Test
    void theLastEndBeforeATimeIsAnEndAndTheNextOneIsLater() {
        for (int i = 0; i < 500; i++) {
            TestWindows.Regular windows = windows();
            Slices slices = new Slices(windows);
            long time = random.nextInt(-200, 200);
            long end = slices.endAtOrBefore(time);

            assertThat(end).isLessThanOrEqualTo(time).isGreaterThan(time - slices.slide);
            assertThat(windows.at(end - slices.size))
                    .contains(new TimeWindow(end - slices.size, end));
        }
    }
}
