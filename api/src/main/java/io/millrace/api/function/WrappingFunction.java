package io.millrace.api.function;

/**
 * A function that the API has put around one of the program's. What the program's function takes
 * part in besides its calls, such as checkpoints, is asked of that one.
 */
public interface WrappingFunction extends Function {
    Function wrapped();

    /** The program's own function; the given one if nothing is around it. */
    static Function innermost(Function function) {
        Function inner = function;
        while (inner instanceof WrappingFunction wrapping) {
            inner = wrapping.wrapped();
        }
        return inner;
    }
}
