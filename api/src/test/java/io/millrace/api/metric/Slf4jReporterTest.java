package io.millrace.api.metric;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class Slf4jReporterTest {
    @Test
    void aGaugeThatThrowsDoesNotEndTheReport() {
        Slf4jReporter reporter = new Slf4jReporterFactory().createMetricReporter(new Properties());
        reporter.open(new MetricConfig());
        Gauge<Integer> broken =
                () -> {
                    throw new IllegalStateException("on purpose");
                };
        reporter.gauges.put(broken, "broken");
        reporter.counters.put(new SimpleCounter(), "records");

        assertThatCode(reporter::report).doesNotThrowAnyException();
    }
}
