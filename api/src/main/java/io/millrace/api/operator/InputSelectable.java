package io.millrace.api.operator;

/**
 * An operator of two inputs that says which one it wants to read. Records of an input that it does
 * not want wait in the exchange.
 */
public interface InputSelectable {
    /**
     * Called before the first record, and after each record and each end of an input.
     *
     * @return at least one input that has not ended, unless all have
     */
    InputSelection nextSelection();
}
