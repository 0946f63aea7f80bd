package io.millrace.api.function;

/**
 * A function around another one that lives as long as it: what is done to this one to give it its
 * context, open and close it is done to the function inside if that is rich. Confined to its task.
 *
 * @param <F> the function inside
 */
public abstract class RichWrapper<F extends Function> extends AbstractRichFunction
        implements WrappingFunction {
    private static final long serialVersionUID = 1L;

    private final F inside;

    protected RichWrapper(F inside) {
        this.inside = inside;
    }

    @Override
    public final F wrapped() {
        return inside;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        if (inside instanceof RichFunction rich) {
            rich.setRuntimeContext(context);
        }
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        if (inside instanceof RichFunction rich) {
            rich.open(openContext);
        }
    }

    @Override
    public void close() throws Exception {
        if (inside instanceof RichFunction rich) {
            rich.close();
        }
    }
}
