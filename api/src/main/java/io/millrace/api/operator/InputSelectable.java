package io.millrace.api.operator;

/**
 * An operator of two inputs that says which one it wants to read. Records of an input that it does
 * not want wait in the exchange.
 *
 * <p>At a checkpoint they are read as far as the barrier behind them, wait in the operator's task
 * and belong to the checkpoint: about 262,144 records of an input at most. If more lie in front of
 * its barrier the checkpoint is declined, and so are those that follow until the operator has read
 * some. Each checkpoint brings as many as lie in the exchange: so an operator should not leave an
 * endless input for long.
 */
public interface InputSelectable {
    /**
     * Called before the first record, and after each record and each end of an input.
     *
     * @return at least one input that has not ended, unless all have
     */
    InputSelection nextSelection();
}
