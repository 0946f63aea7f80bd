package bank;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.DataSet;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.operators.MapOperator;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.api.BootstrapTransformation;
import org.apache.flink.state.api.ExistingSavepoint;
import org.apache.flink.state.api.OperatorTransformation;
import org.apache.flink.state.api.Savepoint;
import org.apache.flink.state.api.functions.BroadcastStateBootstrapFunction;
import org.apache.flink.state.api.functions.KeyedStateBootstrapFunction;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.state.api.functions.StateBootstrapFunction;
import org.apache.flink.state.api.functions.WindowReaderFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.evictors.CountEvictor;
import org.apache.flink.streaming.api.windowing.time.Time;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Savepoints of data sets as programs for Flink 1.20 and before write and read them. */
public final class Repair {
    static final ValueStateDescriptor<Long> BALANCE =
            new ValueStateDescriptor<>("balance", Types.LONG);
    static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("rules", Types.STRING, Types.LONG);

    /** What an account has; the key is its name. */
    public static class WriteBalance
            extends KeyedStateBootstrapFunction<String, Tuple2<String, Long>> {
        private transient ValueState<Long> balance;

        @Override
        public void open(Configuration parameters) {
            balance = getRuntimeContext().getState(BALANCE);
        }

        @Override
        public void processElement(Tuple2<String, Long> account, Context context)
                throws Exception {
            balance.update(account.f1);
        }
    }

    public static class ReadBalance extends KeyedStateReaderFunction<String, Tuple2<String, Long>> {
        private transient ValueState<Long> balance;

        @Override
        public void open(Configuration parameters) {
            balance = getRuntimeContext().getState(BALANCE);
        }

        @Override
        public void readKey(String key, Context context, Collector<Tuple2<String, Long>> out)
                throws Exception {
            out.collect(Tuple2.of(key, balance.value()));
        }
    }

    public static class WriteItems extends StateBootstrapFunction<Long> {
        private transient ListState<Long> items;
        private transient ListState<Long> union;

        @Override
        public void processElement(Long value, Context context) throws Exception {
            items.add(value);
            union.add(-value);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            items =
                    context.getOperatorStateStore()
                            .getListState(new ListStateDescriptor<>("items", Types.LONG));
            union =
                    context.getOperatorStateStore()
                            .getUnionListState(new ListStateDescriptor<>("union", Types.LONG));
        }
    }

    public static class WriteRules extends BroadcastStateBootstrapFunction<Long> {
        @Override
        public void processElement(Long value, Context context) throws Exception {
            context.getBroadcastState(RULES).put("r" + value, value);
        }
    }

    public static class Balance
            extends KeyedProcessFunction<String, Tuple2<String, Long>, String> {
        private transient ValueState<Long> balance;

        @Override
        public void open(Configuration parameters) {
            balance = getRuntimeContext().getState(BALANCE);
        }

        @Override
        public void processElement(
                Tuple2<String, Long> payment, Context context, Collector<String> out)
                throws Exception {
            balance.update((balance.value() == null ? 0 : balance.value()) + payment.f1);
            out.collect(payment.f0 + "=" + balance.value());
        }
    }

    static final class ByName implements KeySelector<Tuple2<String, Long>, String> {
        @Override
        public String getKey(Tuple2<String, Long> account) {
            return account.f0;
        }
    }

    static final class Parity implements KeySelector<Long, Boolean> {
        @Override
        public Boolean getKey(Long number) {
            return number % 2 == 0;
        }
    }

    static final class Sum implements ReduceFunction<Long> {
        @Override
        public Long reduce(Long a, Long b) {
            return a + b;
        }
    }

    private static BootstrapTransformation<Tuple2<String, Long>> balances(
            DataSet<Tuple2<String, Long>> accounts) {
        return OperatorTransformation.bootstrapWith(accounts)
                .keyBy(new ByName())
                .transform(new WriteBalance());
    }

    /** Writes a savepoint that has state of each kind. */
    public static void create(String path) throws Exception {
        ExecutionEnvironment env = ExecutionEnvironment.getExecutionEnvironment();
        DataSet<Long> numbers = env.generateSequence(0, 9);
        Savepoint.create(new HashMapStateBackend(), 128)
                .withOperator(
                        "balances",
                        balances(env.fromElements(Tuple2.of("ann", 5L), Tuple2.of("bob", 1_000L))))
                .withOperator(
                        "items",
                        OperatorTransformation.bootstrapWith(numbers).transform(new WriteItems()))
                .withOperator(
                        "rules",
                        OperatorTransformation.bootstrapWith(numbers)
                                .setMaxParallelism(64)
                                .transform(new WriteRules()))
                .withOperator(
                        "sums",
                        OperatorTransformation.bootstrapWith(numbers)
                                .assignTimestamps(number -> number * 1_000)
                                .keyBy(new Parity(), Types.BOOLEAN)
                                .window(TumblingEventTimeWindows.of(Time.seconds(5)))
                                .reduce(new Sum()))
                .write(path);
        env.execute("create");
    }

    /** What is in a savepoint, sorted. */
    public static List<String> read(String path) throws Exception {
        ExecutionEnvironment env = ExecutionEnvironment.getExecutionEnvironment();
        ExistingSavepoint savepoint = Savepoint.load(env, path, new HashMapStateBackend());
        List<String> found = new ArrayList<>();
        for (Tuple2<String, Long> each :
                savepoint.readKeyedState("balances", new ReadBalance()).collect()) {
            found.add(each.f0 + "=" + each.f1);
        }
        savepoint.readListState("items", "items", Types.LONG).sum(0).collect().forEach(
                sum -> found.add("items " + sum));
        found.add("union " + savepoint.readUnionState("items", "union", Types.LONG).count());
        found.add(
                "rules "
                        + savepoint
                                .readBroadcastState("rules", "rules", Types.STRING, Types.LONG)
                                .max(1)
                                .collect());
        for (Long each :
                savepoint
                        .window(TumblingEventTimeWindows.of(Time.seconds(5)))
                        .reduce("sums", new Sum(), Types.BOOLEAN, Types.LONG)
                        .collect()) {
            found.add("sum " + each);
        }
        found.sort(null);
        return found;
    }

    /** How many records each window has kept; windows of an evictor are read by their own reader. */
    public static List<Long> evicted(String path) throws Exception {
        ExecutionEnvironment env = ExecutionEnvironment.getExecutionEnvironment();
        Savepoint.create(32)
                .withOperator(
                        "evicted",
                        OperatorTransformation.bootstrapWith(
                                        env.fromElements(
                                                Tuple2.of("a", 1L),
                                                Tuple2.of("a", 2L),
                                                Tuple2.of("b", 9L)))
                                .assignTimestamps(pair -> pair.f1 * 1_000)
                                .keyBy(new ByName())
                                .window(TumblingEventTimeWindows.of(Time.seconds(5)))
                                .evictor(CountEvictor.of(10))
                                .reduce(
                                        (a, b) -> Tuple2.of(a.f0, a.f1 + b.f1)))
                .write(path);
        env.execute();
        return Savepoint.load(env, path)
                .window(TumblingEventTimeWindows.of(Time.seconds(5)))
                .evictor()
                .process(
                        "evicted",
                        new Size(),
                        Types.STRING,
                        Types.TUPLE(Types.STRING, Types.LONG),
                        Types.LONG)
                .collect();
    }

    static final class Size
            extends WindowReaderFunction<Tuple2<String, Long>, Long, String, TimeWindow> {
        @Override
        public void readWindow(
                String key,
                Context<TimeWindow> context,
                Iterable<Tuple2<String, Long>> elements,
                Collector<Long> out) {
            long size = 0;
            for (Tuple2<String, Long> ignored : elements) {
                size++;
            }
            out.collect(size);
        }
    }

    /** There is no such list. */
    public static void readAnotherList(String path) throws Exception {
        Savepoint.load(ExecutionEnvironment.getExecutionEnvironment(), path)
                .readListState("items", "articles", Types.LONG);
    }

    /** There is no such operator. */
    public static void removeAnother(String path) throws Exception {
        Savepoint.load(ExecutionEnvironment.getExecutionEnvironment(), path)
                .removeOperator("accounts");
    }

    /** Writes a savepoint with another balance of bob, and without the items. */
    public static void repair(String path, String repaired) throws Exception {
        ExecutionEnvironment env = ExecutionEnvironment.getExecutionEnvironment();
        ExistingSavepoint savepoint = Savepoint.load(env, path);
        MapOperator<Tuple2<String, Long>, Tuple2<String, Long>> accounts =
                savepoint
                        .readKeyedState("balances", new ReadBalance())
                        .map(
                                new MapFunction<Tuple2<String, Long>, Tuple2<String, Long>>() {
                                    @Override
                                    public Tuple2<String, Long> map(Tuple2<String, Long> account) {
                                        return account.f0.equals("bob")
                                                ? Tuple2.of("bob", 10L)
                                                : account;
                                    }
                                })
                        .name("Repair")
                        .setParallelism(1);
        savepoint
                .removeOperator("balances")
                .removeOperator("items")
                .withOperator("balances", balances(accounts))
                .write(repaired);
        env.execute("repair");
    }

    /** Goes on from a savepoint; what was written for other operators is left. */
    public static List<String> goOn(String path) throws Exception {
        Configuration options = new Configuration();
        options.setString("execution.state-recovery.path", path);
        options.setString("execution.state-recovery.ignore-unclaimed-state", "true");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        return env.fromElements(Tuple2.of("ann", 1L), Tuple2.of("bob", 1L))
                .keyBy(new ByName())
                .process(new Balance())
                .uid("balances")
                .executeAndCollect(100);
    }
}
