package io.millrace.api.window;

/**
 * The same as {@link ProcessAllWindowFunction}, under its former name.
 *
 * @deprecated use {@link ProcessAllWindowFunction}
 */
@Deprecated
public abstract class RichProcessAllWindowFunction<IN, OUT, W extends Window>
        extends ProcessAllWindowFunction<IN, OUT, W> {
    private static final long serialVersionUID = 1L;
}
