package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.OutputTag;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.window.ProcessAllWindowFunction;
import io.millrace.api.window.ProcessWindowFunction;
import io.millrace.api.window.Window;

/** Calls a process function of windows without keys. Confined to its task. */
final class AllWindowProcess<IN, OUT, W extends Window> extends WindowAdapter<IN, OUT, Byte, W> {
    private static final long serialVersionUID = 1L;

    private final ProcessAllWindowFunction<IN, OUT, W> function;
    private transient View view;

    AllWindowProcess(ProcessAllWindowFunction<IN, OUT, W> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        view = new View(function);
        super.open(openContext);
    }

    @Override
    public void process(Byte key, Context context, Iterable<IN> elements, Collector<OUT> out)
            throws Exception {
        view.context = context;
        function.process(view, elements, out);
    }

    @Override
    public void clear(Context context) throws Exception {
        view.context = context;
        function.clear(view);
    }

    /** The context as the function knows it. */
    private final class View extends ProcessAllWindowFunction<IN, OUT, W>.Context {
        private ProcessWindowFunction<IN, OUT, Byte, W>.Context context;

        View(ProcessAllWindowFunction<IN, OUT, W> function) {
            function.super();
        }

        @Override
        public W window() {
            return context.window();
        }

        @Override
        public KeyedStateStore windowState() {
            return context.windowState();
        }

        @Override
        public KeyedStateStore globalState() {
            return context.globalState();
        }

        @Override
        public <X> void output(OutputTag<X> outputTag, X value) {
            context.output(outputTag, value);
        }
    }
}
