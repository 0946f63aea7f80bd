package io.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.it.PageViews.Cell;
import io.millrace.it.PageViews.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageViewsTest {
    private final PageViews views = new PageViews(1_003, 7, 4, 100, 1_000);

    @Test
    void everyViewIsCountedInOneWindow() {
        Map<Cell, Long> counts = views.counts();
        assertThat(counts.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(1_003);
        assertThat(counts.keySet()).allMatch(cell -> cell.windowMs() % 1_000 == 0);
        assertThat(views.end(0) + views.end(1) + views.end(2) + views.end(3)).isEqualTo(1_003);
        assertThat(views.end(3)).isEqualTo(250);
    }

    @Test
    void timesAreOutOfOrderByLessThanASecond() {
        boolean backwards = false;
        long latest = 0;
        for (long i = 0; i < 1_003; i++) {
            backwards |= views.timeMs(i) < latest;
            latest = Math.max(latest, views.timeMs(i));
            assertThat(latest - views.timeMs(i)).isLessThan(1_000);
        }
        assertThat(backwards).isTrue();
    }

    @Test
    void countsWhatIsLostDoubledAndStrange() {
        Map<Cell, Long> expected = Map.of(new Cell("a", 0), 5L, new Cell("b", 0), 3L);
        Map<Cell, Long> found = new HashMap<>(Map.of(new Cell("a", 0), 3L, new Cell("b", 0), 4L));
        found.put(new Cell("c", 0), 2L);

        assertThat(Verdict.of(expected, found)).isEqualTo(new Verdict(9, 2, 3));
        assertThat(Verdict.of(expected, found).isExact()).isFalse();
        assertThat(Verdict.of(expected, expected)).isEqualTo(new Verdict(8, 0, 0));
        assertThat(Verdict.of(expected, expected).isExact()).isTrue();
    }
}
