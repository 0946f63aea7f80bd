package io.millrace.api.input;

import io.millrace.api.option.Configuration;
import java.io.IOException;
import java.util.Map;

/** All splits of an input format. Confined to its enumerator. */
final class SplitsOnce<S extends InputSplit> implements FormatSplits {
    private final InputFormat<?, S> format;

    SplitsOnce(InputFormat<?, S> format) {
        this.format = format;
    }

    @Override
    public Found find(int parallelism) throws IOException {
        format.configure(new Configuration());
        S[] splits = format.createInputSplits(parallelism);
        return new Found(splits, format.getInputSplitAssigner(splits));
    }

    @Override
    public Map<String, Long> seen() {
        return Map.of();
    }
}
