package io.millrace.api.stream;

import io.millrace.api.function.Collector;
import io.millrace.api.window.AllWindowFunction;
import io.millrace.api.window.Window;

/** Calls a function that knows the window only. Confined to its task. */
final class AllWindowCall<IN, OUT, W extends Window> extends WindowAdapter<IN, OUT, Byte, W> {
    private static final long serialVersionUID = 1L;

    private final AllWindowFunction<IN, OUT, W> function;

    AllWindowCall(AllWindowFunction<IN, OUT, W> function) {
        super(function);
        this.function = function;
    }

    @Override
    public void process(Byte key, Context context, Iterable<IN> elements, Collector<OUT> out)
            throws Exception {
        function.apply(context.window(), elements, out);
    }
}
