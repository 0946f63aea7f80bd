package io.millrace.it.program;

import io.millrace.api.accumulator.LongCounter;
import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem.WriteMode;
import io.millrace.api.file.Path;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.stream.CachedDataStream;
import io.millrace.api.stream.JobExecutionResult;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prices items by a list that every worker is given, and tells what all of them cost. */
public final class Prices {
    private Prices() {}

    /** The list, an item and its price in each line; where to write what was found out. */
    public static void main(String[] args) throws Exception {
        try (StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment()) {
            env.setRuntimeMode(RuntimeExecutionMode.BATCH);
            env.registerCachedFile(args[0], "prices");
            CachedDataStream<Long> prices =
                    env.fromSequence(1, 1_000).map(new ByList()).name("price items").cache();
            prices.print();

            JobExecutionResult result = env.execute("Prices");

            StringBuilder found = new StringBuilder();
            found.append("total=").append(result.<Long>getAccumulatorResult("total")).append('\n');
            for (int i = 0; i < 2; i++) {
                List<Long> dear = prices.filter(price -> price > 2).executeAndCollect(2_000);
                found.append("dear=").append(dear.size()).append('\n');
            }
            Path report = new Path(args[1]);
            try (FSDataOutputStream out =
                    report.getFileSystem().create(report, WriteMode.NO_OVERWRITE)) {
                out.write(found.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Looks prices up in the cached file. */
    private static final class ByList extends RichMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final LongCounter total = new LongCounter();
        private transient Map<Long, Long> prices;

        @Override
        public void open(OpenContext openContext) throws Exception {
            prices = new HashMap<>();
            for (String line :
                    Files.readAllLines(
                            getRuntimeContext().getDistributedCache().getFile("prices").toPath())) {
                String[] parts = line.split(" ");
                prices.put(Long.valueOf(parts[0]), Long.valueOf(parts[1]));
            }
            getRuntimeContext().addAccumulator("total", total);
        }

        @Override
        public Long map(Long item) {
            long price = prices.get(item % prices.size());
            total.add(price);
            return price;
        }
    }
}
